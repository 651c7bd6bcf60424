// Goal: a manifest names every definition that a client's figures stand on and nothing else, and a
// digest changes with what a definition says, never with how it is laid out.
// Method: take the manifest of the sample workspace before and after small changes to its files.
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

std::vector<ManifestLine> manifest(MemoryFiles files, std::string_view metric) {
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    for (const Error& problem : loaded.problems)
        ADD_FAILURE() << render(problem);
    MESHLINE_CHECK(loaded.workspace.has_value());
    return manifest_of(*loaded.workspace, loaded.workspace->clients.front(), metric);
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

constexpr const char* all_but_metrics_before =
    "attribution last_touch\n"
    "check balances_chain\ncheck busy_enough\n"
    "check net_is_its_parts\n"
    "check refunds_within_charges\n"
    "check sane_amounts\n"
    "check shop_is_fresh\n"
    "client retail\n"
    "contract sales/lines\n"
    "contract sales/notes\n";
constexpr const char* all_but_metrics_after =
    "pack_stream sales/lines\n"
    "pack_stream sales/notes\n"
    "reconciliation orders_to_bank\n"
    "source retail/bank\n"
    "source retail/shop\n"
    "transform sales/lines/lines\n"
    "transform sales/notes/notes\n"
    "zone Europe/London\n"
    "zone UTC\n";

TEST(Manifest, names_every_definition_once) {
    EXPECT_EQ(names(manifest(sample_workspace(), "")),
              std::string(all_but_metrics_before) +
                  "metric clicks\nmetric discounts\nmetric net_sales\nmetric orders\n" +
                  all_but_metrics_after);
}

TEST(Manifest, of_a_metric_holds_no_other_metric) {
    EXPECT_EQ(names(manifest(sample_workspace(), "net_sales")),
              std::string(all_but_metrics_before) + "metric net_sales\n" + all_but_metrics_after);
    // A metric that no model credits does not stand on the model.
    EXPECT_THAT(names(manifest(sample_workspace(), "orders")),
                testing::Not(testing::HasSubstr("attribution")));
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
    for (const ManifestLine& line : manifest(sample_workspace(), "")) {
        EXPECT_EQ(sha256(line.bytes), line.digest) << line.kind << " " << line.name;
    }
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
    EXPECT_FALSE(load_workspace("/shop", files, zones).workspace);
    zones.add(ClientId("other"), Zone("Mars/Base", kept));
    EXPECT_FALSE(load_workspace("/shop", files, zones).workspace);
    zones.add(ClientId("retail"), Zone("Mars/Base", kept));
    EXPECT_TRUE(load_workspace("/shop", files, zones).workspace);
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

TEST(Manifest, who_owns_is_not_what_the_figure_is) {
    const std::string before = encoded(sample_workspace());
    EXPECT_EQ(encoded(with("owners.yaml", "Ana Silva", "Ana Lima")), before);
    EXPECT_EQ(encoded(with("reports/daily.yaml", "owner: ana", "owner: ben")), before);
    EXPECT_EQ(encoded(with("packs/sales/pack.yaml", "title: Sales lines", "title: Lines")), before);
}

TEST(Manifest, is_written_one_line_per_definition) {
    const std::vector<ManifestLine> lines = {{"check", "odd", sha256("1"), "1"},
                                             {"metric", "net", sha256("2"), "2"}};
    EXPECT_EQ(encode_manifest(lines),
              "check odd " + sha256("1").hex() + "\nmetric net " + sha256("2").hex() + "\n");
}

}  // namespace
}  // namespace meshline
