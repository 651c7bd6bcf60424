// Goal: a contract that cannot be kept to the letter is refused when it is compiled, at its place;
// one that can is known by all that it says.
// Method: a table of schemas with the code, line and column expected; digests of pairs.
#include "core/contract/contract.hpp"

#include "base/json/json.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

struct Refusal {
    const char* name;
    std::string schema;
    const char* code;
    int line;
    int column;
};

/// Each definition has two fields of the next one's type: the type doubles at every step.
std::string doubling(int steps) {
    std::string schema = R"({"properties": {"x": {"$ref": "#/$defs/d0"}}, "$defs": {)";
    for (int index = 0; index < steps; ++index) {
        const std::string next = "{\"$ref\": \"#/$defs/d" + std::to_string(index + 1) + "\"}";
        schema += "\"d" + std::to_string(index) + "\": {\"properties\": {\"a\": " + next +
                  ", \"b\": " + next + "}}, ";
    }
    return schema + "\"d" + std::to_string(steps) + "\": {}}}";
}

bool keeps(const Contract& contract, const char* payload) {
    JsonDocument document;
    return contract.judge(*document.parse(payload), ReadOptions{}).empty();
}

TEST(Contract, what_is_not_understood_is_refused_at_its_place) {
    const std::vector<Refusal> rows = {
        {"not JSON", "{\n  \"type\": string}", "schema.not_json", 2, 11},
        {"duplicate member", "{\"type\": \"object\",\n \"type\": \"array\"}", "schema.not_json", 2,
         2},
        {"not a schema", "[]", "schema.bad_value", 1, 1},
        {"property is not a schema", "{\"properties\": {\"a\": 1}}", "schema.bad_value", 1, 22},
        {"unknown keyword", "{\n  \"requird\": []}", "schema.unknown_keyword", 2, 3},
        {"unknown keyword inside", "{\"items\": {\"typ\": \"object\"}}", "schema.unknown_keyword",
         1, 12},
        {"keyword of another draft",
         "{\"$schema\": \"http://json-schema.org/draft-07/schema#\",\n\"prefixItems\": [{}]}",
         "schema.unknown_keyword", 2, 1},
        {"unknown annotation", "{\"x-meshline\": \"mony\"}", "contract.unknown_annotation", 1, 16},
        {"annotation is no text", "{\"x-meshline\": 1}", "contract.unknown_annotation", 1, 16},
        {"formats of a part", "{\"items\": {\"x-meshline-formats\": \"assert\"}}",
         "contract.misplaced_keyword", 1, 12},
        {"formats misspelt", "{\"x-meshline-formats\": \"asert\"}", "contract.bad_value", 1, 24},
        {"owner is no name", "{\"items\": {\n\"x-meshline-owner\": 7}}", "contract.bad_value", 2,
         21},
        {"empty anyOf", "{\"anyOf\": []}", "schema.not_valid", 1, 11},
        {"look-ahead", "{\"pattern\": \"(?=a)b\"}", "schema.bad_pattern", 1, 13},
        {"unknown reference", "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"b\": {}}}",
         "schema.unknown_reference", 1, 10},
        {"reference to nowhere", "{\"$ref\": \"other.json\"}", "schema.unknown_reference", 1, 10},
        {"endless reference",
         "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/a\"}}}",
         "schema.endless_reference", 1, 0},
        {"names differ in case only", "{\"properties\": {\"id\": {}, \"ID\": {}}}",
         "contract.ambiguous_field", 1, 33},
        {"empty name", "{\"properties\": {\"\": {}}}", "contract.bad_field_name", 1, 21},
        {"control byte in a name", "{\"properties\": {\"a\\u0000\": {}}}",
         "contract.bad_field_name", 1, 28},
        {"type that explodes", doubling(30), "contract.too_large", 1, 0},
    };
    for (const Refusal& row : rows) {
        const auto compiled = Contract::compile(row.schema, "orders.schema.json");
        ASSERT_FALSE(compiled.ok()) << row.name;
        EXPECT_EQ(compiled.error().code, row.code) << row.name;
        EXPECT_EQ(compiled.error().where.file, "orders.schema.json") << row.name;
        EXPECT_EQ(compiled.error().where.line, row.line) << row.name;
        if (row.column > 0) {
            EXPECT_EQ(compiled.error().where.column, row.column) << row.name;
        }
    }
    EXPECT_TRUE(Contract::compile(doubling(8), "f").ok());
}

TEST(Contract, slip_of_the_pen_gets_a_hint) {
    const auto keyword = Contract::compile("{\"requird\": []}", "f");
    ASSERT_FALSE(keyword.ok());
    EXPECT_EQ(keyword.error().hint, "Did you mean \"required\"?");
    const auto own = Contract::compile("{\"x-meshlin\": \"money\"}", "f");
    ASSERT_FALSE(own.ok());
    EXPECT_EQ(own.error().hint, "Did you mean \"x-meshline\"?");
    const auto annotation = Contract::compile("{\"x-meshline\": \"mony\"}", "f");
    ASSERT_FALSE(annotation.ok());
    EXPECT_EQ(annotation.error().hint, "Did you mean \"money\"?");
}

TEST(Contract, formats_are_asserted_where_it_asks) {
    const auto describing = Contract::compile(R"({"format": "date"})", "f");
    const auto asserting =
        Contract::compile(R"({"x-meshline-formats": "assert", "items": {"format": "date"}})", "f");
    ASSERT_TRUE(describing.ok() && asserting.ok());
    EXPECT_TRUE(keeps(*describing, R"("soon")"));
    EXPECT_TRUE(keeps(*asserting, R"(["2026-02-28"])"));
    EXPECT_FALSE(keeps(*asserting, R"(["2026-02-29"])"));
}

TEST(Contract, digest_depends_on_what_is_said_only) {
    const auto one = Contract::compile(R"({"type": "object", "required": ["a"]})", "f");
    const auto same = Contract::compile("{\n\"required\":[\"a\"],\"type\":\"\\u006fbject\"}", "g");
    const auto other = Contract::compile(R"({"type": "object", "required": ["b"]})", "f");
    ASSERT_TRUE(one.ok() && same.ok() && other.ok());
    EXPECT_EQ(one->digest(), same->digest());
    EXPECT_NE(one->digest(), other->digest());
    EXPECT_EQ(one->canonical_bytes(), R"({"required":["a"],"type":"object"})");
    EXPECT_EQ(Contract::of_canonical_bytes(one->canonical_bytes(), "kept")->digest(),
              one->digest());
}

TEST(Contract, what_it_refers_to_belongs_to_it) {
    const std::string order = R"({"properties": {"total": {"$ref": "amounts.json#/$defs/total"}}})";
    const auto compiled = [&](const std::string& amounts) {
        auto contract = Contract::compile(order, "order.json",
                                          {{"pack:///amounts.json", amounts, "amounts.json"},
                                           {"pack:///other.json", "{}", "other.json"}},
                                          "pack:///order.json");
        EXPECT_TRUE(contract.ok()) << render(contract.error());
        return std::move(contract).value();
    };
    const Contract money = compiled(R"({"$defs": {"total": {"x-meshline": "money"}}})");
    EXPECT_EQ(money.files_used(), std::vector<std::string>{"amounts.json"});
    EXPECT_EQ(money.payload_type().fields.front().kind, PayloadKind::money);
    EXPECT_FALSE(keeps(money, R"({"total": "much"})"));
    const Contract whole = compiled(R"({"$defs": {"total": {"x-meshline": "integer"}}})");
    EXPECT_NE(money.digest(), whole.digest());
    const auto again = Contract::of_canonical_bytes(money.canonical_bytes(), "kept");
    ASSERT_TRUE(again.ok()) << render(again.error());
    EXPECT_EQ(again->digest(), money.digest());
}

Contract compiled(const std::string& schema) {
    auto contract = Contract::compile(schema, "a.schema.json");
    EXPECT_TRUE(contract.ok()) << schema;
    return std::move(contract).value();
}

TEST(Contract, owners_and_names_are_no_part_of_what_it_means) {
    const Contract bare = compiled(
        R"({"type": "object", "properties": {
            "id": {"type": "string"}, "title": {"type": "string"}}})");
    const Contract told = compiled(
        R"({"title": "Orders", "$comment": "since May", "type": "object", "properties": {
            "id": {"description": "The order.", "examples": ["A-1"], "type": "string",
                   "x-meshline-owner": "finance"},
            "title": {"type": "string"}}})");
    EXPECT_EQ(told.canonical_bytes(), bare.canonical_bytes());
    EXPECT_EQ(told.digest(), bare.digest());
    EXPECT_NE(told.text_digest(), bare.text_digest());
    EXPECT_EQ(told.text_digest(), sha256(told.text_bytes()));
    // A field may be called "title".
    EXPECT_NE(compiled(R"({"type": "object", "properties": {"id": {"type": "string"}}})").digest(),
              bare.digest());
}

TEST(Contract, what_a_reference_leads_to_is_meaning_wherever_it_stands) {
    const Contract contract = compiled(
        R"({"properties": {"a": {"$ref": "#/examples/0"}}, "examples": [{"type": "integer"}]})");
    EXPECT_FALSE(keeps(contract, R"({"a": "x"})"));
    const auto again = Contract::of_canonical_bytes(contract.canonical_bytes(), "kept");
    ASSERT_TRUE(again.ok()) << render(again.error());
    EXPECT_FALSE(keeps(*again, R"({"a": "x"})"));
    EXPECT_EQ(again->digest(), contract.digest());
}

TEST(Contract, fields_know_who_answers_for_them) {
    const Contract contract = compiled(
        R"({"type": "object", "properties": {
            "id": {"type": "string"},
            "total": {"x-meshline": "money", "x-meshline-owner": "finance"},
            "buyer": {"$ref": "#/$defs/person", "x-meshline-owner": "sales"},
            "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}},
          "$defs": {"person": {"x-meshline-owner": "nobody", "type": "object",
                               "properties": {"email": {"x-meshline-owner": "privacy"}}},
                    "line": {"type": "object",
                             "properties": {"sku": {"x-meshline-owner": "ops"}}}}})");
    const PayloadType& root = contract.payload_type();
    EXPECT_EQ(root.find("id")->owner, "");
    EXPECT_EQ(root.find("total")->owner, "finance");
    EXPECT_EQ(root.find("total")->kind, PayloadKind::money);
    EXPECT_EQ(root.find("buyer")->owner, "sales");
    EXPECT_EQ(root.find("buyer")->find("email")->owner, "privacy");
    EXPECT_EQ(root.find("lines")->fields.front().find("sku")->owner, "ops");
    ASSERT_EQ(contract.owners().size(), 5U);
    EXPECT_EQ(contract.owners().front().where.file, "a.schema.json");
}

}  // namespace
}  // namespace meshline
