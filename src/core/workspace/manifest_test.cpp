// Goal: a manifest names every definition that a client's figures stand on and nothing else, and a
// digest changes with what a definition says, never with how it is laid out.
// Method: take the manifest of the sample workspace before and after small changes to its files.
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

Workspace loaded(MemoryFiles files) {
    LoadedWorkspace loaded = load_workspace("/shop", files);
    for (const Error& problem : loaded.problems)
        ADD_FAILURE() << render(problem);
    MESHLINE_CHECK(loaded.workspace.has_value());
    return std::move(*loaded.workspace);
}

std::vector<ManifestLine> manifest(MemoryFiles files, std::string_view metric) {
    const Workspace workspace = loaded(std::move(files));
    return manifest_of(workspace, workspace.clients.front(), metric);
}

std::string encoded(MemoryFiles files, std::string_view metric = "") {
    return encode_manifest(manifest(std::move(files), metric));
}

std::string names(const std::vector<ManifestLine>& lines) {
    std::string text;
    for (const ManifestLine& line : lines)
        text += line.kind + " " + line.name + "\n";
    return text;
}

MemoryFiles with(const std::string& file, const std::string& find, const std::string& replace) {
    MemoryFiles files = sample_workspace();
    std::string& text = files.files.at("/shop/" + file);
    const std::size_t at = text.find(find);
    MESHLINE_CHECK(at != std::string::npos);
    text.replace(at, find.size(), replace);
    return files;
}

constexpr const char* facts_before =
    "client retail\n"
    "contract sales/lines\n"
    "contract sales/notes\n"
    "currencies currencies\n";
constexpr const char* facts_after =
    "source retail/bank\n"
    "source retail/shop\n"
    "transform sales/lines/lines\n"
    "transform sales/notes/notes\n"
    "zone Europe/London\n"
    "zone UTC\n";
constexpr const char* streams = "pack_stream sales/lines\npack_stream sales/notes\n";

TEST(Manifest, tells_of_the_currencies_that_the_workspace_adds) {
    const auto with_currencies = [](const std::string& text) {
        MemoryFiles files = sample_workspace();
        files.files["/shop/currencies.yaml"] = text;
        return files;
    };
    const std::string jersey = "owner: finance\ncurrencies: {JEP: 2}\n";
    const std::string before = encoded(sample_workspace());
    const std::string after = encoded(with_currencies(jersey));
    EXPECT_NE(after, before);
    EXPECT_NE(encoded(with_currencies("owner: finance\ncurrencies: {JEP: 3}\n")), after);
    // Whose it is and what it is called moves no figure; what ISO 4217 says already adds nothing.
    EXPECT_EQ(encoded(with_currencies("title: Channel Islands\nowner: ops\n"
                                      "currencies: {JEP: 2}\n")),
              after);
    EXPECT_EQ(encoded(with_currencies("owner: finance\ncurrencies: {XCG: 2}\n")), before);
    // Two workspaces of one process know what they know.
    const Workspace jerseys = loaded(with_currencies(jersey));
    const Workspace others = loaded(sample_workspace());
    EXPECT_TRUE(jerseys.clients.front().currencies.has("JEP"));
    EXPECT_FALSE(others.clients.front().currencies.has("JEP"));
    EXPECT_NE(facts_digest_of(jerseys.clients.front()), facts_digest_of(others.clients.front()));
}

TEST(Manifest, names_every_definition_once) {
    EXPECT_EQ(names(manifest(sample_workspace(), "")),
              std::string("attribution last_touch\n"
                          "check balances_chain\ncheck busy_enough\n"
                          "check net_is_its_parts\n"
                          "check refunds_within_charges\n"
                          "check sane_amounts\n"
                          "check shop_is_fresh\n") +
                  facts_before +
                  "metric clicks\nmetric discounts\nmetric gross_sales\nmetric net_sales\nmetric "
                  "orders\n" +
                  streams + "reconciliation orders_to_bank\n" + facts_after);
}

TEST(Manifest, of_a_metric_holds_no_other_metric_and_no_check_that_cannot_touch_it) {
    EXPECT_EQ(names(manifest(sample_workspace(), "net_sales")),
              std::string("attribution last_touch\n"
                          "check busy_enough\n"
                          "check net_is_its_parts\n"
                          "check sane_amounts\n"
                          "check shop_is_fresh\n") +
                  facts_before + "metric net_sales\n" + streams +
                  "reconciliation orders_to_bank\n" + facts_after);
    // Another book, and no model credits it.
    EXPECT_EQ(names(manifest(sample_workspace(), "clicks")),
              std::string(facts_before) + "metric clicks\n" + streams + facts_after);
}

TEST(Manifest, leaves_out_what_is_for_other_clients) {
    MemoryFiles files =
        with("checks/shop_is_fresh.yaml", "severity: note", "severity: note\nclients: [wholesale]");
    files.files["/shop/clients/wholesale/client.yaml"] =
        "client: wholesale\nowner: ops\nzone: UTC\ncurrency: EUR\n";
    files.files["/shop/clients/wholesale/sources/shop.yaml"] =
        "source: shop\nowner: ops\npack: sales\n";
    const std::string said = names(manifest(files, ""));
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("shop_is_fresh")));
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("wholesale")));
}

TEST(Manifest, every_line_carries_the_bytes_of_its_digest) {
    std::vector<ManifestLine> lines = manifest(sample_workspace(), "");
    const Workspace workspace = loaded(sample_workspace());
    for (const ManifestLine& line : text_manifest_of(workspace, workspace.clients.front()))
        lines.push_back(line);
    for (const ManifestLine& line : lines)
        EXPECT_EQ(sha256(line.bytes), line.digest) << line.kind << " " << line.name;
}

TEST(Manifest, zones_have_the_rules_that_the_client_keeps) {
    const ZoneRules kept = ZoneRules::parse("start 0\n2026-11-01T00:00:00Z 3600\n").value();
    KeptZones zones;
    zones.add(ClientId("retail"), Zone("Europe/London", kept));
    MemoryFiles files = sample_workspace();
    const LoadedWorkspace loaded = load_workspace("/shop", files, zones);
    ASSERT_TRUE(loaded.workspace);
    const ClientDefinition& client = loaded.workspace->clients.front();
    EXPECT_EQ(client.calendar.zone().rules(), kept);
    EXPECT_EQ(client.find("bank")->read.at("lines").zone->rules(), kept);
    EXPECT_EQ(client.zones().size(), 2U);
    int zone_lines = 0;
    for (const ManifestLine& line : manifest_of(*loaded.workspace, client, "orders")) {
        if (line.kind != "zone" || line.name != "Europe/London") continue;
        ++zone_lines;
        EXPECT_EQ(line.digest, kept.digest());
        EXPECT_EQ(line.bytes, kept.text());
    }
    EXPECT_EQ(zone_lines, 1);
    // A zone that the machine does not know serves who keeps its rules.
    files.files.at("/shop/clients/retail/client.yaml") =
        "client: retail\nowner: ops\nzone: Mars/Base\ncurrency: EUR\n";
    const auto is_there = [&] {
        const LoadedWorkspace now = load_workspace("/shop", files, zones);
        return now.workspace && now.workspace->find_client("retail");
    };
    EXPECT_FALSE(is_there());
    zones.add(ClientId("other"), Zone("Mars/Base", kept));
    EXPECT_FALSE(is_there());
    zones.add(ClientId("retail"), Zone("Mars/Base", kept));
    EXPECT_TRUE(is_there());
}

TEST(Manifest, zones_that_transforms_name_are_the_clients) {
    MemoryFiles files = with("packs/sales/transforms/lines.sql", "from input",
                             ", local_time(occurred_at, 'Asia/Tokyo') as t from input");
    EXPECT_THAT(names(manifest(files, "orders")), testing::HasSubstr("zone Asia/Tokyo\n"));
}

TEST(Manifest, comments_and_layout_change_no_digest) {
    const std::string before = encoded(sample_workspace());
    EXPECT_EQ(encoded(with("metrics/discounts.yml", "owner: finance", "owner:   finance # who")),
              before);
    EXPECT_EQ(encoded(with("metrics/discounts.yml", "sum: [discount]\nnegate: true",
                           "negate: true\nsum:\n  - discount")),
              before);
    EXPECT_EQ(
        encoded(with("packs/sales/pack.yaml", "    columns: true\n", "    columns:  true\n\n")),
        before);
    EXPECT_EQ(encoded(with("packs/sales/contracts/line.schema.json", "\n  \"required\"",
                           " \"required\"")),
              before);
}

TEST(Manifest, every_change_of_a_value_changes_it) {
    const std::string before = encoded(sample_workspace());
    EXPECT_NE(encoded(with("metrics/discounts.yml", "negate: true", "negate: false")), before);
    EXPECT_NE(encoded(with("clients/retail/client.yaml", "cutoff_hour: 4", "cutoff_hour: 5")),
              before);
    EXPECT_NE(encoded(with("packs/sales/pack.yaml", "[id, place.shelf]", "[id]")), before);
    EXPECT_NE(encoded(with("packs/sales/contracts/line.schema.json", "\"sold_at\", ", "")), before);
    // SQL is what it is, to the last byte.
    EXPECT_NE(encoded(with("packs/sales/transforms/lines.sql", "input\n", "input \n")), before);
}

struct TextChange {
    std::string file;
    std::string find;
    std::string replace;

    friend void PrintTo(const TextChange& change, std::ostream* out) {
        *out << change.file << " " << change.replace;
    }
};

class ManifestTexts : public testing::TestWithParam<TextChange> {};

TEST_P(ManifestTexts, who_owns_is_not_what_the_figure_is_but_is_kept) {
    const MemoryFiles changed = with(GetParam().file, GetParam().find, GetParam().replace);
    EXPECT_EQ(encoded(changed), encoded(sample_workspace()));
    const Workspace before = loaded(sample_workspace());
    const Workspace after = loaded(changed);
    EXPECT_NE(encode_manifest(text_manifest_of(after, after.clients.front())),
              encode_manifest(text_manifest_of(before, before.clients.front())));
    EXPECT_EQ(facts_digest_of(after.clients.front()), facts_digest_of(before.clients.front()));
}

INSTANTIATE_TEST_SUITE_P(
    Keys, ManifestTexts,
    testing::Values(
        TextChange{"owners.yaml", "Ana Silva", "Ana Lima"},
        TextChange{"owners.yaml", "deputy: ops", "deputy: ben"},
        TextChange{"reports/daily.yaml", "owner: ana", "owner: ben"},
        TextChange{"packs/sales/pack.yaml", "title: Sales lines", "title: Lines"},
        TextChange{"packs/sales/pack.yaml", "owner: ops", "owner: ben"},
        TextChange{"packs/sales/pack.yaml", "title: Lines of a sales file", "title: Lines"},
        TextChange{"packs/sales/contracts/line.schema.json", "{\"type\": \"array\"",
                   "{\"title\": \"Tags\", \"x-meshline-owner\": \"ben\", \"type\": \"array\""},
        TextChange{"clients/retail/client.yaml", "owner: finance", "owner: ops"},
        TextChange{"clients/retail/client.yaml", "title: Retail", "title: Shops"},
        TextChange{"clients/retail/sources/shop.yaml", "owner: ops", "owner: ben"},
        TextChange{"clients/retail/sources/shop.yaml", "[ops, finance]", "[finance]"},
        TextChange{"clients/retail/sources/shop.yaml", "zone: UTC",
                   "zone: UTC\nfield_owners: {lines: {amount: finance}}"},
        TextChange{"metrics/net_sales.yaml", "owner: finance", "owner: ana"},
        TextChange{"metrics/net_sales.yaml", "title: Net sales", "title: Net"},
        TextChange{"attribution/last_touch.yaml", "owner: ana", "owner: ben"},
        TextChange{"checks/sane_amounts.yaml", "owner: ops", "owner: ben\ntitle: Sane"},
        TextChange{"checks/sane_amounts.yaml", "fix: correct_source", "fix: review"},
        TextChange{"reconciliations/orders_to_bank.yaml", "owner: ops", "owner: ben"},
        TextChange{"reconciliations/orders_to_bank.yaml", "fix: resync_source", "fix: review"}));

TEST(Manifest, what_only_judges_changes_no_fact) {
    for (const MemoryFiles& changed :
         {with("clients/retail/client.yaml", "settle_days: 2", "settle_days: 3"),
          with("clients/retail/sources/shop.yaml", "within_hours: 26", "within_hours: 3")}) {
        EXPECT_NE(encoded(changed), encoded(sample_workspace()));
        EXPECT_EQ(facts_digest_of(loaded(changed).clients.front()),
                  facts_digest_of(loaded(sample_workspace()).clients.front()));
    }
    EXPECT_NE(facts_digest_of(
                  loaded(with("clients/retail/client.yaml", "cutoff_hour: 4", "")).clients[0]),
              facts_digest_of(loaded(sample_workspace()).clients[0]));
}

TEST(Manifest, severities_are_meaning) {
    // Findings of severity "low" leave figures verified.
    EXPECT_NE(encoded(with("checks/sane_amounts.yaml", "exception_severity: high",
                           "exception_severity: low")),
              encoded(sample_workspace()));
    EXPECT_NE(
        encoded(with("reconciliations/orders_to_bank.yaml", "severity: high", "severity: low")),
        encoded(sample_workspace()));
}

TEST(Manifest, a_check_for_one_more_client_moves_no_figure_of_the_others) {
    MemoryFiles files =
        with("checks/sane_amounts.yaml", "clients: [retail]", "clients: [retail, wholesale]");
    files.files["/shop/clients/wholesale/client.yaml"] =
        "client: wholesale\nowner: ops\nzone: UTC\ncurrency: EUR\n";
    EXPECT_EQ(encoded(files), encoded(sample_workspace()));
}

TEST(Manifest, is_written_one_line_per_definition) {
    const std::vector<ManifestLine> lines = {{"check", "odd", sha256("1"), "1"},
                                             {"metric", "net", sha256("2"), "2"}};
    EXPECT_EQ(encode_manifest(lines),
              "check odd " + sha256("1").hex() + "\nmetric net " + sha256("2").hex() + "\n");
}

}  // namespace
}  // namespace meshline
