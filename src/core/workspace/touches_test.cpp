// Goal: a check or a reconciliation counts in the figures that it can move or whose state it can
// change, and in no others.
// Method: a table of definitions, laid into the sample workspace, with the metrics that each
// touches.
#include "core/workspace/touches.hpp"

#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr const char* metric_form = "\nowner: ana\ndate_basis: order_day\n";

MemoryFiles shop_with(const std::string& path, const std::string& text) {
    MemoryFiles files = sample_workspace();
    const auto add_metric = [&](const std::string& name, const std::string& rest) {
        files.files["/shop/metrics/" + name + ".yaml"] = "metric: " + name + metric_form + rest;
    };
    // Beside net_sales (commerce; gross_sale, discount, return; attributed), orders (commerce,
    // gross_sale), gross_sales (the same), discounts (commerce, discount) and clicks (ads,
    // ad_clicks).
    add_metric("taxes", "book: commerce\nsum: [tax]\n");
    add_metric("refunds", "book: payments\nsum: [refund]\n");
    add_metric("charges", "book: payments\nsum: [charge]\n");
    add_metric("receipts", "book: bank\nsum: [bank_credit]\n");
    if (!path.empty()) files.files["/shop/" + path] = text;
    return files;
}

Workspace load(MemoryFiles files) {
    LoadedWorkspace loaded = load_workspace("/shop", files);
    for (const Error& problem : loaded.problems)
        ADD_FAILURE() << render(problem);
    MESHLINE_CHECK(loaded.workspace.has_value());
    return std::move(*loaded.workspace);
}

struct Case {
    std::string name;
    std::string text;  ///< Without name, owner and severity.
    std::string touched;

    friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
};

class TouchesOfCheck : public testing::TestWithParam<Case> {};

TEST_P(TouchesOfCheck, are_what_it_can_move) {
    const Workspace workspace = load(shop_with(
        "checks/probe.yaml", "check: probe\nowner: ana\nseverity: note\n" + GetParam().text));
    const ClientDefinition& client = workspace.clients.front();
    const Touches all(workspace, client);
    std::string touched;
    for (const CheckDefinition& check : workspace.checks) {
        if (check.head.name != "probe") continue;
        for (const MetricDefinition& metric : workspace.metrics) {
            const bool is_touched = touches(check, metric, workspace, client);
            EXPECT_EQ(all.of_check("probe", metric), is_touched);
            if (is_touched) touched += metric.head.name + " ";
        }
    }
    EXPECT_EQ(touched, GetParam().touched);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, TouchesOfCheck,
    testing::Values(
        Case{"row", "row: {book: commerce, entries: [discount, tax], column: amount, at_least: 0}",
             "discounts net_sales taxes "},
        Case{"row_of_another_book",
             "row: {book: payments, entries: [discount], column: amount, at_least: 0}", ""},
        Case{"cross_counts_on_both_sides",
             "cross: {group_by: order_ref, book: payments, entries: [refund],"
             " limit_book: commerce, limit_entries: [tax]}",
             "refunds taxes "},
        Case{"invariant", "invariant: {metric: gross_sales, equals: [+taxes, -charges]}",
             "charges gross_sales taxes "},
        Case{"freshness_of_a_stream_with_entries",
             "freshness: {source: shop, stream: lines, within_hours: 1}",
             "discounts gross_sales net_sales orders taxes "},
        // Records may earn credit.
        Case{"freshness_of_a_stream_with_records",
             "freshness: {source: shop, stream: notes, within_hours: 1}", "net_sales "},
        Case{"volume_of_events", "volume: {source: shop, stream: lines, measure: events}",
             "discounts gross_sales net_sales orders taxes "},
        Case{"volume_of_a_metric", "volume: {measure: discounts}", "discounts net_sales "},
        Case{"balance", "balance: {book: payments}", "charges refunds "}),
    [](const auto& tested) { return tested.param.name; });

class TouchesOfReconciliation : public testing::TestWithParam<Case> {};

TEST_P(TouchesOfReconciliation, are_the_sides_that_it_makes_doubtful) {
    const Workspace workspace = load(shop_with("reconciliations/probe.yaml",
                                               "reconciliation: probe\nowner: ana\n"
                                               "left: {book: commerce, entries: [tax]}\n"
                                               "right: {book: payments, entries: [charge]}\n"
                                               "match: [{one_to_one: {key: order_ref}}]\n" +
                                                   GetParam().text));
    Finding found;
    found.evidence = {{"reconciliation", "probe"}, {"reason", "missing_left"}};
    const Touches all(workspace, workspace.clients.front());
    std::string touched;
    for (const MetricDefinition& metric : workspace.metrics) {
        if (all.of_finding(found, metric)) touched += metric.head.name + " ";
    }
    EXPECT_EQ(touched, GetParam().touched);
}

INSTANTIATE_TEST_SUITE_P(Doubts, TouchesOfReconciliation,
                         testing::Values(Case{"both", "", "charges taxes "},
                                         Case{"left", "doubts: left\n", "taxes "},
                                         Case{"right", "doubts: right\n", "charges "}),
                         [](const auto& tested) { return tested.param.name; });

TEST(Touches, a_finding_of_a_check_counts_where_the_check_does) {
    const Workspace workspace = load(shop_with("", ""));
    const Touches all(workspace, workspace.clients.front());
    Finding finding;
    finding.evidence = {{"check", "sane_amounts"}, {"reconciliation", "orders_to_bank"}};
    EXPECT_TRUE(all.of_finding(finding, *workspace.find_metric("orders")));
    EXPECT_FALSE(all.of_finding(finding, *workspace.find_metric("discounts")));
}

TEST(Touches, what_no_definition_found_counts_everywhere) {
    const Workspace workspace = load(shop_with("", ""));
    const Touches all(workspace, workspace.clients.front());
    Finding finding;
    finding.evidence = {{"code", "capture.conflict"}};
    EXPECT_TRUE(all.of_finding(finding, *workspace.find_metric("taxes")));
    EXPECT_TRUE(all.of_check("removed_meanwhile", *workspace.find_metric("taxes")));
}

TEST(Touches, a_check_of_a_stream_is_for_clients_that_have_it) {
    Workspace workspace = load(shop_with("", ""));
    ClientDefinition client = workspace.clients.front();
    SourceDefinition& source = client.sources.front();
    CheckDefinition check;
    check.kind = CheckKind::freshness;
    check.source = source.head.name;
    check.stream = source.streams.front();
    EXPECT_TRUE(concerns(check, client));
    source.streams.erase(source.streams.begin());
    EXPECT_FALSE(concerns(check, client));
    check.stream.clear();
    EXPECT_TRUE(concerns(check, client));
    client.sources.erase(client.sources.begin());
    EXPECT_FALSE(concerns(check, client));
}

TEST(Touches, the_freshness_that_a_handoff_promises_is_a_check) {
    MemoryFiles files = shop_with("", "");
    files.files.erase("/shop/checks/shop_is_fresh.yaml");
    const Workspace workspace = load(std::move(files));
    const ClientDefinition& client = workspace.clients.front();
    const Touches all(workspace, client);
    EXPECT_TRUE(all.of_check("handoff_shop", *workspace.find_metric("taxes")));
    EXPECT_FALSE(all.of_check("handoff_shop", *workspace.find_metric("charges")));
    std::vector<std::string> names;
    for (const CheckDefinition& check : checks_of(workspace, client))
        names.push_back(check.head.name);
    EXPECT_THAT(names, testing::Contains("handoff_shop"));
    // A check that watches the source says it once.
    for (const CheckDefinition& check : checks_of(load(shop_with("", "")), client))
        EXPECT_NE(check.head.name, "handoff_shop");
}

}  // namespace
}  // namespace meshline
