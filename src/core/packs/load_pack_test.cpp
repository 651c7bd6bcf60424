// Goal: a pack is read completely, and what does not fit together is refused in the pack's file.
// Method: load a small pack from memory, whole and broken in one place per case.
#include "core/packs/pack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string pack_yaml = R"(pack: shop
title: Shop
streams:
  orders:
    title: Orders
    contract: contracts/orders.schema.json
    envelopes: [orders, order]
    event_id: [id]
    object_id: [customer.id]
    revision: updated_at
    occurred_at: created_at
    transforms:
      - {into: entries, book: commerce, sql: transforms/orders.sql}
      - {into: records, sql: transforms/customers.sql}
  lines:
    contract: contracts/orders.schema.json
    event_id: file_line
    occurred_at: day
    columns: true
)";

const std::string contract = R"({
  "type": "object",
  "properties": {
    "id": {"type": "string"},
    "created_at": {"type": "string", "x-meshline": "instant"},
    "updated_at": {"type": "string", "x-meshline": "instant"},
    "day": {"type": "string", "x-meshline": "date"},
    "customer": {"type": "object", "properties": {"id": {"type": "string"}}},
    "lines": {
      "type": "array",
      "items": {"type": "object", "properties": {"sku": {"type": "string"}}}
    }
  }
}
)";

std::vector<PackFile> good_files() {
    return {{"README.md", "The shop.\n"},         {"contracts/orders.schema.json", contract},
            {"examples/orders.json", "{}"},       {"pack.yaml", pack_yaml},
            {"tests/orders.yaml", "x: y"},        {"transforms/customers.sql", "select 1"},
            {"transforms/orders.sql", "select 2"}};
}

std::string& bytes_of(std::vector<PackFile>& files, const std::string& path) {
    for (PackFile& file : files) {
        if (file.path == path) return file.bytes;
    }
    return files.emplace_back(PackFile{path, ""}).bytes;
}

std::string problem(const std::string& message, const std::string& place, const std::string& hint,
                    const std::string& code) {
    return "error: " + message + "\n  at " + place + "\n  hint: " + hint + "\n  code: " + code;
}

std::vector<std::string> problems_of(const std::vector<PackFile>& files) {
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    EXPECT_EQ(pack.has_value(), problems.empty());
    std::vector<std::string> rendered;
    for (const Error& problem : problems)
        rendered.push_back(render(problem));
    return rendered;
}

std::vector<std::string> problems_after(const std::string& find, const std::string& replace) {
    std::vector<PackFile> files = good_files();
    std::string& text = bytes_of(files, "pack.yaml");
    const std::size_t at = text.find(find);
    MESHLINE_CHECK(at != std::string::npos);
    text.replace(at, find.size(), replace);
    return problems_of(files);
}

TEST(LoadPack, reads_everything) {
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", good_files(), problems);
    for (const Error& problem : problems)
        ADD_FAILURE() << render(problem);
    ASSERT_TRUE(pack.has_value());
    EXPECT_EQ(pack->title, "Shop");
    EXPECT_EQ(pack->file, "packs/shop/pack.yaml");
    EXPECT_EQ(pack->text_digest, sha256(pack->text_bytes));
    EXPECT_EQ(pack->find("refunds"), nullptr);

    const StreamDefinition* orders = pack->find("orders");
    ASSERT_NE(orders, nullptr);
    EXPECT_EQ(orders->title, "Orders");
    EXPECT_THAT(orders->envelopes, ElementsAre("orders", "order"));
    EXPECT_THAT(orders->identity.event_id, ElementsAre(FieldPath{"id"}));
    EXPECT_THAT(orders->identity.object_id, ElementsAre(FieldPath{"customer", "id"}));
    EXPECT_EQ(orders->identity.revision, FieldPath{"updated_at"});
    EXPECT_TRUE(orders->identity.has_revisions());
    EXPECT_FALSE(orders->takes_columns);
    EXPECT_EQ(orders->contract->digest(), sha256(orders->contract->canonical_bytes()));
    EXPECT_EQ(orders->digest, sha256(orders->bytes));
    ASSERT_EQ(orders->transforms.size(), 2U);
    EXPECT_EQ(orders->transforms[0].name, "orders");
    EXPECT_EQ(orders->transforms[0].into, "entries");
    EXPECT_EQ(orders->transforms[0].book, Book::commerce);
    EXPECT_EQ(orders->transforms[0].file, "packs/shop/transforms/orders.sql");
    EXPECT_EQ(orders->transforms[0].digest, sha256("select 2"));
    EXPECT_EQ(orders->transforms[1].into, "records");

    const StreamDefinition* lines = pack->find("lines");
    ASSERT_NE(lines, nullptr);
    EXPECT_EQ(lines->identity.rule, IdentityRule::file_line);
    EXPECT_FALSE(lines->identity.has_revisions());
    EXPECT_TRUE(lines->takes_columns);
    // One contract file is compiled once.
    EXPECT_EQ(lines->contract, orders->contract);
}

TEST(LoadPack, says_how_its_platform_counts) {
    std::vector<PackFile> files = good_files();
    std::vector<Error> problems;
    const Digest before = load_pack("shop", "packs/shop", files, problems)->find("orders")->digest;
    std::string& text = bytes_of(files, "pack.yaml");
    text.insert(text.find("streams:"), "minor_digits: {isk: 2, MGA: 0}\n");
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    ASSERT_TRUE(pack.has_value());
    for (const StreamDefinition& stream : pack->streams)
        EXPECT_EQ(stream.minor_digits, (MinorDigits{{"ISK", 2}, {"MGA", 0}})) << stream.name;
    // What a stream's records become is another thing now.
    EXPECT_NE(pack->find("orders")->digest, before);
    EXPECT_THAT(pack->find("orders")->bytes,
                testing::HasSubstr(R"("minor_digits":{"ISK":2,"MGA":0})"));
}

TEST(LoadPack, refuses_to_count_what_is_no_currency_or_no_digits) {
    const auto problems_of_digits = [](const std::string& digits) {
        return problems_after("streams:", "minor_digits: " + digits + "\nstreams:");
    };
    EXPECT_THAT(problems_of_digits("{ISX: 2}"),
                ElementsAre(problem("unknown currency \"ISX\"", "packs/shop/pack.yaml:3:16",
                                    "Did you mean \"ISK\"?", "money.unknown_currency")));
    EXPECT_THAT(
        problems_of_digits("{ISK: 7}"),
        ElementsAre(problem("\"ISK\" is out of range: 7", "packs/shop/pack.yaml:3:21",
                            "Write a whole number from 0 to 6.", "workspace.out_of_range")));
    EXPECT_THAT(
        problems_of_digits("{ISK: 2, isk: 0}"),
        ElementsAre(problem("\"minor_digits\" has \"ISK\" twice", "packs/shop/pack.yaml:3:24",
                            "Remove one of them.", "workspace.duplicate_item")));
}

TEST(LoadPack, says_what_tells_records_apart) {
    std::vector<PackFile> files = good_files();
    std::string& text = bytes_of(files, "pack.yaml");
    text.replace(text.find("file_line"), 9, "row");
    text.insert(text.find("    revision: updated_at"),
                "    empty_ids: [\"0\", none]\n    duplicate_keys: last\n");
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    ASSERT_TRUE(pack.has_value());
    const StreamDefinition& orders = *pack->find("orders");
    EXPECT_EQ(orders.identity.text(), R"({"event_id":["id"],"object_id":["customer.id"]})");
    EXPECT_THAT(orders.identity.empty_ids, ElementsAre("0", "none"));
    EXPECT_EQ(orders.duplicate_keys, DuplicateKeys::last);
    const StreamDefinition& lines = *pack->find("lines");
    EXPECT_EQ(lines.identity.rule, IdentityRule::row);
    EXPECT_EQ(lines.identity.text(), R"({"event_id":"row"})");
    EXPECT_EQ(lines.duplicate_keys, DuplicateKeys::equal);
}

TEST(LoadPack, takes_revisions_by_arrival) {
    std::vector<PackFile> files = good_files();
    std::string& text = bytes_of(files, "pack.yaml");
    text.replace(text.find("revision: updated_at"), 20, "revision: arrival");
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    ASSERT_TRUE(pack.has_value());
    EXPECT_TRUE(pack->find("orders")->identity.is_revision_by_arrival);
    EXPECT_FALSE(pack->find("orders")->identity.revision.has_value());
}

TEST(LoadPack, refuses_fields_that_the_contract_does_not_have) {
    EXPECT_THAT(
        problems_after("occurred_at: created_at", "occurred_at: creatd_at"),
        ElementsAre(problem("unknown field \"creatd_at\" in \"contracts/orders.schema.json\"",
                            "packs/shop/pack.yaml:11:18", "Did you mean \"created_at\"?",
                            "pack.unknown_field")));
    EXPECT_THAT(
        problems_after("[customer.id]", "[customer.ident]"),
        ElementsAre(problem(
            "unknown field \"ident\" of \"customer.ident\" in \"contracts/orders.schema.json\"",
            "packs/shop/pack.yaml:9:17", "Known: id.", "pack.unknown_field")));
    EXPECT_THAT(
        problems_after("[customer.id]", "[id.customer]"),
        ElementsAre(problem(
            "unknown field \"customer\" of \"id.customer\" in \"contracts/orders.schema.json\"",
            "packs/shop/pack.yaml:9:17", "What stands before \"customer\" has no fields.",
            "pack.unknown_field")));
    EXPECT_THAT(problems_after("[customer.id]", "[lines.sku]"),
                ElementsAre(problem(
                    "unknown field \"sku\" of \"lines.sku\" in \"contracts/orders.schema.json\"",
                    "packs/shop/pack.yaml:9:17", "What stands before \"sku\" has no fields.",
                    "pack.unknown_field")));
}

TEST(LoadPack, refuses_fields_of_the_wrong_type) {
    EXPECT_THAT(
        problems_after("occurred_at: created_at", "occurred_at: id"),
        ElementsAre(problem("\"occurred_at\" must be an instant or a date, but \"id\" is text",
                            "packs/shop/pack.yaml:11:18",
                            "Name another field, or type this one with \"x-meshline\" in "
                            "contracts/orders.schema.json.",
                            "pack.wrong_field_type")));
    EXPECT_THAT(
        problems_after("event_id: [id]", "event_id: [customer]"),
        ElementsAre(problem("\"event_id\" must be a single value, but \"customer\" is an object",
                            "packs/shop/pack.yaml:8:16",
                            "Name another field, or type this one with \"x-meshline\" in "
                            "contracts/orders.schema.json.",
                            "pack.wrong_field_type")));
}

TEST(LoadPack, refuses_identities_that_mean_nothing) {
    EXPECT_THAT(
        problems_after("event_id: [id]", "event_id: id"),
        ElementsAre(problem("\"event_id\" must be a list of fields, row or file_line, found \"id\"",
                            "packs/shop/pack.yaml:8:15", "Write [id] for the field, or row.",
                            "workspace.unknown_value")));
    EXPECT_THAT(problems_after("event_id: file_line", "event_id: file_line\n    revision: arrival"),
                ElementsAre(problem("records told apart by their file or row have no revisions",
                                    "packs/shop/pack.yaml:18:15",
                                    "Remove \"revision\", or name the fields of \"event_id\".",
                                    "pack.contradiction")));
}

TEST(LoadPack, refuses_transforms_that_do_not_fit) {
    EXPECT_THAT(
        problems_after("into: entries, book: commerce", "into: entries"),
        ElementsAre(problem("missing key \"book\" in transform", "packs/shop/pack.yaml:13:9",
                            "Add \"book\".", "workspace.missing_key")));
    EXPECT_THAT(problems_after("into: records", "into: records, book: crm"),
                ElementsAre(problem("records belong to no book", "packs/shop/pack.yaml:14:31",
                                    "Remove \"book\".", "pack.contradiction")));
    EXPECT_THAT(problems_after("into: records", "into: record"),
                ElementsAre(problem("unknown into \"record\"", "packs/shop/pack.yaml:14:16",
                                    "Did you mean \"records\"?", "workspace.unknown_value")));
    EXPECT_THAT(problems_after("transforms/customers.sql", "transforms/orders.sql"),
                testing::SizeIs(2));
}

TEST(LoadPack, refuses_files_that_are_not_there_and_files_that_nobody_uses) {
    EXPECT_THAT(
        problems_after("transforms/customers.sql", "transforms/customer.sql"),
        ElementsAre(problem("the pack has no file \"transforms/customer.sql\"",
                            "packs/shop/pack.yaml:14:30",
                            "Did you mean \"transforms/customers.sql\"?", "pack.missing_file"),
                    problem("no stream uses \"transforms/customers.sql\"",
                            "packs/shop/transforms/customers.sql",
                            "Name it in pack.yaml, or remove the file.", "pack.unused_file")));
    EXPECT_THAT(
        problems_after("sql: transforms/customers.sql", "sql: customers.sql"),
        ElementsAre(problem("\"customers.sql\" is not a file of \"transforms/\"",
                            "packs/shop/pack.yaml:14:30", "Name a file transforms/NAME.sql.",
                            "pack.misplaced_file"),
                    problem("no stream uses \"transforms/customers.sql\"",
                            "packs/shop/transforms/customers.sql",
                            "Name it in pack.yaml, or remove the file.", "pack.unused_file")));
    std::vector<PackFile> files = good_files();
    bytes_of(files, "schema/orders.json") = "{}";
    EXPECT_THAT(
        problems_of(files),
        ElementsAre(problem(
            "a pack has no place for \"schema/orders.json\"", "packs/shop/schema/orders.json",
            "A pack holds pack.yaml, contracts/, transforms/, examples/, tests/ and README.md.",
            "pack.misplaced_file")));
    EXPECT_THAT(problems_of({{"README.md", ""}}),
                ElementsAre(problem("pack \"shop\" has no pack.yaml", "packs/shop/pack.yaml",
                                    "Add pack.yaml, or remove the folder.", "pack.missing_file")));
}

TEST(LoadPack, streams_exclude_other_streams_of_the_pack) {
    std::vector<PackFile> files = good_files();
    bytes_of(files, "pack.yaml") += "    not_with: [orders]\n";
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    ASSERT_TRUE(pack.has_value());
    EXPECT_THAT(pack->find("lines")->not_with, ElementsAre("orders"));
    EXPECT_THAT(pack->find("orders")->not_with, IsEmpty());
    EXPECT_THAT(
        problems_after("columns: true", "not_with: [order]"),
        ElementsAre(problem("the pack has no other stream \"order\"", "packs/shop/pack.yaml:19:16",
                            "Did you mean \"orders\"?", "workspace.unknown_stream")));
    EXPECT_THAT(problems_after("columns: true", "not_with: [lines]"), testing::SizeIs(1));
}

TEST(LoadPack, refuses_a_pack_without_streams) {
    EXPECT_THAT(
        problems_of({{"pack.yaml", "pack: shop\nstreams: {}\n"}}),
        ElementsAre(problem("the pack has no stream", "packs/shop/pack.yaml:2:10",
                            "Describe one kind of record at least.", "workspace.missing_key")));
}

TEST(LoadPack, contracts_refer_to_one_another) {
    std::vector<PackFile> files = good_files();
    bytes_of(files, "contracts/orders.schema.json") =
        std::string(contract).insert(1, R"("allOf": [{"$ref": "dated.schema.json"}], )");
    files.push_back({"contracts/dated.schema.json", R"({"required": ["created_at"]})"});
    std::vector<Error> problems;
    const auto pack = load_pack("shop", "packs/shop", files, problems);
    ASSERT_TRUE(pack) << render(problems.front());
    const Digest digest = pack->find("orders")->contract->digest();

    files.back().bytes = R"({"required": ["created_at", "id"]})";
    EXPECT_NE(load_pack("shop", "packs/shop", files, problems)->find("orders")->contract->digest(),
              digest);

    files.back().bytes = "{";
    EXPECT_THAT(problems_of(files), ElementsAre(testing::HasSubstr("contracts/dated.schema.json")));
    files.back().bytes = R"({"required": "created_at"})";
    EXPECT_THAT(problems_of(files), ElementsAre(testing::HasSubstr("contracts/dated.schema.json")));
}

TEST(LoadPack, reports_a_broken_contract_once) {
    std::vector<PackFile> files = good_files();
    bytes_of(files, "contracts/orders.schema.json") = R"({"type": "object", "propertys": {}})";
    const std::vector<std::string> problems = problems_of(files);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0], testing::HasSubstr("packs/shop/contracts/orders.schema.json"));
    EXPECT_THAT(problems[0], testing::HasSubstr("schema.unknown_keyword"));
}

TEST(LoadPack, refuses_keys_and_names_that_are_unknown) {
    EXPECT_THAT(
        problems_after("envelopes:", "envelope:"),
        ElementsAre(problem("unknown key \"envelope\" in stream", "packs/shop/pack.yaml:7:5",
                            "Did you mean \"envelopes\"?", "workspace.unknown_key")));
    EXPECT_THAT(problems_after("pack: shop", "pack: store"),
                ElementsAre(problem(
                    "pack \"store\" lies in the folder of \"shop\"", "packs/shop/pack.yaml:1:7",
                    "Name it \"shop\", or rename the folder.", "workspace.wrong_name")));
    EXPECT_THAT(problems_after("  orders:", "  Orders:"),
                ElementsAre(problem("stream \"Orders\" is no name", "packs/shop/pack.yaml:4:3",
                                    "Use a-z, 0-9 and _, a letter first, 64 characters at most.",
                                    "workspace.bad_name")));
    EXPECT_THAT(problems_after("book: commerce", "book: comerce"),
                ElementsAre(problem("unknown book \"comerce\"", "packs/shop/pack.yaml:13:31",
                                    "Did you mean \"commerce\"?", "workspace.unknown_value")));
}

}  // namespace
}  // namespace meshline
