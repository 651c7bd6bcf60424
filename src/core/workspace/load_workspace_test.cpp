// Goal: a good workspace is read completely, problems come all together and in order, and what is
// missing is said.
// Method: load the sample workspace and look at every kind; break several files at once.
#include "core/workspace/load_workspace.hpp"

#include "core/workspace/sample_workspace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

Workspace load(MemoryFiles files) {
    LoadedWorkspace loaded = load_workspace("/shop", files);
    for (const Error& problem : loaded.problems)
        ADD_FAILURE() << render(problem);
    MESHLINE_CHECK(loaded.workspace.has_value());
    return std::move(*loaded.workspace);
}

const CheckDefinition& check_of(const Workspace& workspace, std::string_view name) {
    for (const CheckDefinition& check : workspace.checks) {
        if (check.head.name == name) return check;
    }
    MESHLINE_CHECK(false);
    return workspace.checks.front();
}

std::vector<std::string> codes_and_files(MemoryFiles files) {
    std::vector<std::string> said;
    for (const Error& problem : load_workspace("/shop", files).problems) {
        said.push_back(problem.where.file + " " + problem.code);
    }
    return said;
}

TEST(LoadWorkspace, reads_client_and_owners) {
    const Workspace workspace = load(sample_workspace());
    EXPECT_EQ(workspace.name, "agency");
    EXPECT_EQ(workspace.root, "/shop");
    EXPECT_THAT(workspace.owners.ids(), ElementsAre("ana", "ben", "ops", "finance"));
    EXPECT_EQ(workspace.owners.teams[1].deputy, "ops");
    EXPECT_TRUE(workspace.owners.has("finance"));
    EXPECT_FALSE(workspace.owners.has("payments"));

    const ClientDefinition* client = workspace.find_client("retail");
    ASSERT_NE(client, nullptr);
    EXPECT_EQ(workspace.find_client("wholesale"), nullptr);
    EXPECT_EQ(client->head.file, "clients/retail/client.yaml");
    EXPECT_EQ(client->head.owner, "finance");
    EXPECT_EQ(client->calendar.zone().name(), "Europe/London");
    EXPECT_EQ(client->calendar.cutoff_hour(), 4);
    EXPECT_EQ(client->currency.code(), "GBP");
    EXPECT_EQ(client->settle_days, 2);
}

TEST(LoadWorkspace, reads_the_currencies_that_it_adds) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/currencies.yaml"] =
        "title: Islands\nowner: finance\ncurrencies: {JEP: 2, USDC: 6}\n";
    std::string& client_text = files.files.at("/shop/clients/retail/client.yaml");
    client_text.replace(client_text.find("GBP"), 3, "JEP");
    const Workspace workspace = load(std::move(files));
    EXPECT_EQ(workspace.currencies.head.owner, "finance");
    EXPECT_EQ(workspace.currencies.head.title, "Islands");
    const ClientDefinition& client = workspace.clients.front();
    EXPECT_EQ(client.currency.code(), "JEP");
    EXPECT_EQ(client.find("shop")->read.at("lines").currencies.find("usdc")->minor_digits(), 6);
}

TEST(LoadWorkspace, reads_nothing_where_its_currencies_are_broken) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/currencies.yaml"] = "owner: finance\ncurrencies: {JEP: two}\n";
    EXPECT_FALSE(load_workspace("/shop", files).workspace.has_value());
}

TEST(LoadWorkspace, reads_how_sources_write_their_records) {
    const Workspace workspace = load(sample_workspace());
    const ClientDefinition& client = workspace.clients.front();
    const SourceDefinition* shop = client.find("shop");
    ASSERT_NE(shop, nullptr);
    EXPECT_EQ(shop->pack->name, "sales");
    EXPECT_EQ(shop->fresh_within_hours, 26);
    EXPECT_THAT(shop->escalate_to, ElementsAre("ops", "finance"));
    EXPECT_THAT(shop->streams, ElementsAre("lines", "notes"));
    const ReadOptions& lines = shop->read.at("lines");
    EXPECT_EQ(lines.zone->name(), "UTC");
    EXPECT_EQ(lines.decimal_mark, ',');
    EXPECT_EQ(lines.date_order, ReadOptions::DateOrder::day_month_year);
    EXPECT_THAT(lines.columns,
                UnorderedElementsAre(Pair("order_ref", "InvoiceNo"), Pair("sold_at", "InvoiceDate"),
                                     Pair("amount", "Total")));
    EXPECT_THAT(lines.constants, ElementsAre(Pair("currency", "GBP")));
    EXPECT_THAT(shop->read.at("notes").constants, ElementsAre(Pair("author", "nobody")));
    EXPECT_THAT(
        shop->skip_rows,
        ElementsAre(Pair("lines", ElementsAre(RowMark{{"InvoiceNo", "Total"}},
                                              RowMark{{"InvoiceNo", ""}, {"Total", "0,00"}}))));

    // What the file leaves out comes from the client and the pack.
    const SourceDefinition* bank = client.find("bank");
    ASSERT_NE(bank, nullptr);
    EXPECT_EQ(bank->read.at("lines").zone->name(), "Europe/London");
    EXPECT_EQ(bank->read.at("lines").decimal_mark, '.');
    EXPECT_FALSE(bank->fresh_within_hours.has_value());
    EXPECT_EQ(bank->pack, shop->pack);
}

TEST(LoadWorkspace, a_column_may_have_had_several_names) {
    const auto columns_of = [](const std::string& amount) {
        MemoryFiles files = sample_workspace();
        std::string& source = files.files["/shop/clients/retail/sources/shop.yaml"];
        const std::string one = "amount: Total";
        source.replace(source.find(one), one.size(), "amount: " + amount);
        return load(files).clients.front().find("shop")->read.at("lines").columns;
    };
    const auto several = columns_of("[Total, \"Sum, net\"]");
    EXPECT_EQ(several.at("amount"), ColumnNames(std::vector<std::string>{"Total", "Sum, net"}));
    EXPECT_EQ(several.at("order_ref"), ColumnNames("InvoiceNo"));
    EXPECT_EQ(columns_of("[Total]"), columns_of("Total"));
}

TEST(LoadWorkspace, takes_all_streams_of_the_pack_when_none_is_named) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/clients/retail/sources/bank.yaml"] =
        "source: bank\nowner: finance\npack: sales\n";
    EXPECT_THAT(load(files).clients.front().find("bank")->streams, ElementsAre("lines", "notes"));
}

TEST(LoadWorkspace, reads_metrics) {
    const Workspace workspace = load(sample_workspace());
    EXPECT_EQ(workspace.metrics.size(), 5U);
    const MetricDefinition& net_sales = *workspace.find_metric("net_sales");
    EXPECT_EQ(net_sales.aggregate, Aggregate::sum_amount);
    EXPECT_EQ(net_sales.book, Book::commerce);
    EXPECT_EQ(net_sales.date_basis, "order_day");
    EXPECT_THAT(net_sales.entries, ElementsAre("gross_sale", "discount", "return"));
    EXPECT_THAT(net_sales.dimensions, ElementsAre("channel", "product_ref", "country"));
    EXPECT_EQ(net_sales.attribution, "last_touch");
    EXPECT_FALSE(net_sales.is_negated);
    EXPECT_EQ(workspace.find_metric("orders")->aggregate, Aggregate::count_distinct);
    EXPECT_EQ(workspace.find_metric("orders")->count_column, "order_ref");
    EXPECT_TRUE(workspace.find_metric("discounts")->is_negated);
    EXPECT_EQ(workspace.find_metric("clicks")->aggregate, Aggregate::sum_quantity);
    EXPECT_EQ(workspace.find_metric("clicks")->book, Book::ads);
    EXPECT_EQ(workspace.find_metric("net_sale"), nullptr);
}

TEST(LoadWorkspace, reads_each_kind_of_check) {
    const Workspace workspace = load(sample_workspace());
    const CheckDefinition& row = check_of(workspace, "sane_amounts");
    EXPECT_EQ(row.kind, CheckKind::row);
    EXPECT_EQ(row.severity, CheckSeverity::quarantine);
    EXPECT_EQ(row.exception_severity, Severity::high);
    EXPECT_EQ(row.fix, "correct_source");
    EXPECT_THAT(row.clients, ElementsAre("retail"));
    EXPECT_EQ(row.at_least.at("").micros(), 0);
    EXPECT_EQ(row.at_most.at("").text(), "100000.5");

    const CheckDefinition& cross = check_of(workspace, "refunds_within_charges");
    EXPECT_EQ(cross.kind, CheckKind::cross);
    EXPECT_EQ(cross.severity, CheckSeverity::hold);
    EXPECT_EQ(cross.group_by, "order_ref");
    EXPECT_EQ(cross.limit_book, Book::payments);
    EXPECT_THAT(cross.limit_entries, ElementsAre("charge"));
    EXPECT_EQ(cross.tolerance.text(), "0.01");

    const CheckDefinition& invariant = check_of(workspace, "net_is_its_parts");
    EXPECT_EQ(invariant.kind, CheckKind::invariant);
    EXPECT_EQ(invariant.metric, "net_sales");
    EXPECT_THAT(invariant.parts, ElementsAre(Pair(1, "gross_sales"), Pair(-1, "discounts")));

    const CheckDefinition& freshness = check_of(workspace, "shop_is_fresh");
    EXPECT_EQ(freshness.kind, CheckKind::freshness);
    EXPECT_EQ(freshness.within_hours, 26);

    const CheckDefinition& volume = check_of(workspace, "busy_enough");
    EXPECT_EQ(volume.kind, CheckKind::volume);
    EXPECT_EQ(volume.measure, "events");
    EXPECT_EQ(volume.threshold_milli, 3500);
    EXPECT_EQ(volume.window_days, 28);
    EXPECT_EQ(volume.history_days_min, 7);

    const CheckDefinition& balance = check_of(workspace, "balances_chain");
    EXPECT_EQ(balance.kind, CheckKind::balance);
    EXPECT_EQ(balance.book, Book::bank);
    EXPECT_EQ(balance.source, "shop");
    EXPECT_EQ(balance.account_column, "iban");
    EXPECT_EQ(balance.tolerance.text(), "0.01");
}

TEST(LoadWorkspace, reads_reconciliations) {
    const Workspace workspace = load(sample_workspace());
    const ReconciliationDefinition& read = workspace.reconciliations.front();
    EXPECT_EQ(read.left.item, "order_ref");
    EXPECT_EQ(read.left.source, "shop");
    EXPECT_EQ(read.right.item, "object_id");
    EXPECT_TRUE(read.right.is_negated);
    ASSERT_EQ(read.rules.size(), 2U);
    EXPECT_EQ(read.rules[0].name, "by_order");
    EXPECT_EQ(read.rules[0].left_key, "order_ref");
    EXPECT_EQ(read.rules[0].right_key, "order_ref");
    EXPECT_EQ(read.rules[0].tolerance_absolute.text(), "0.01");
    EXPECT_EQ(read.rules[0].tolerance_percent_milli, 500);
    EXPECT_EQ(read.rules[0].lag_days_min, 0);
    EXPECT_EQ(read.rules[0].lag_days_max, 3);
    EXPECT_TRUE(read.rules[0].is_lag_checked);
    EXPECT_TRUE(read.is_left_doubtful);
    EXPECT_FALSE(read.is_right_doubtful);
    EXPECT_TRUE(read.rules[0].is_confirmed);
    EXPECT_EQ(read.rules[1].name, "rule_2");
    EXPECT_EQ(read.rules[1].kind, MatchKind::many_to_one);
    EXPECT_EQ(read.rules[1].left_key, "payout_ref");
    EXPECT_EQ(read.rules[1].lag_days_min, -1);
    EXPECT_FALSE(read.rules[1].is_confirmed);
    EXPECT_FALSE(read.rules[1].is_final);
    EXPECT_EQ(read.due_days_right, 3);
    EXPECT_EQ(read.due_days_left, 0);
    EXPECT_TRUE(read.is_right_optional);
    EXPECT_FALSE(read.is_left_optional);
    EXPECT_EQ(read.breaks.at("missing_right").owner, "ops");
    EXPECT_EQ(read.breaks.at("missing_right").fix, "resync_source");
    // A reason that the file leaves out falls to the reconciliation's owner.
    EXPECT_EQ(read.breaks.at("currency_difference").owner, "finance");
    EXPECT_EQ(read.breaks.at("currency_difference").severity, Severity::medium);
}

TEST(LoadWorkspace, reads_attribution_and_reports) {
    const Workspace workspace = load(sample_workspace());
    const AttributionDefinition& read = workspace.attributions.front();
    EXPECT_EQ(read.model, "last_touch");
    EXPECT_EQ(read.lookback_days, 14);
    ASSERT_EQ(read.channels.size(), 2U);
    EXPECT_THAT(read.channels[0].when.at("source"), ElementsAre("google", "bing"));
    EXPECT_THAT(read.channels[1].when, ElementsAre(Pair("referrer", ElementsAre("*"))));
    EXPECT_THAT(read.campaigns_known_from, ElementsAre("shop"));
    EXPECT_THAT(read.campaigns_known, ElementsAre("summer_sale"));
    EXPECT_THAT(read.campaign_mappings, ElementsAre(Pair("sumer_sale", "summer_sale")));
    EXPECT_THAT(workspace.reports.front().metrics, ElementsAre("net_sales", "orders"));
    EXPECT_THAT(workspace.reports.front().reconciliations, ElementsAre("orders_to_bank"));
}

TEST(LoadWorkspace, a_pack_of_the_workspace_hides_the_built_in_one) {
    MemoryFiles files = sample_workspace();
    std::map<std::string, std::string> moved;
    for (const auto& [path, bytes] : files.files) {
        const std::string folder = "/shop/packs/sales/";
        moved[path.starts_with(folder) ? "/shop/packs/stripe/" + path.substr(folder.size())
                                       : path] = bytes;
    }
    moved["/shop/packs/stripe/pack.yaml"].replace(0, 11, "pack: stripe");
    for (const char* source : {"shop", "bank"}) {
        std::string& text = moved[std::string("/shop/clients/retail/sources/") + source + ".yaml"];
        text.replace(text.find("pack: sales"), 11, "pack: stripe");
    }
    files.files = std::move(moved);
    EXPECT_EQ(load(files).clients.front().find("shop")->pack->title, "Sales lines");
}

TEST(LoadWorkspace, reports_all_problems_in_order_of_file_and_line) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/metrics/orders.yaml"] = "metric: order\nbook: shop\n";
    files.files["/shop/checks/odd.yaml"] = "check: [\n";
    files.files["/shop/clients/retail/client.yaml"] =
        "client: retail\nowner: nobody\nzone: Mars\ncurrency: EUR\n";
    EXPECT_THAT(codes_and_files(files),
                ElementsAre("checks/odd.yaml yaml.syntax",
                            "clients/retail/client.yaml workspace.unknown_owner",
                            "clients/retail/client.yaml time.unknown_zone",
                            "metrics/orders.yaml workspace.missing_key",
                            "metrics/orders.yaml workspace.missing_key",
                            "metrics/orders.yaml workspace.missing_owner",
                            "metrics/orders.yaml workspace.wrong_name",
                            "metrics/orders.yaml workspace.unknown_value"));
}

TEST(LoadWorkspace, a_broken_file_does_not_make_others_wrong) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/owners.yaml"] = "people: [\n";
    files.files["/shop/metrics/net_sales.yaml"] = "metric: {\n";
    files.files["/shop/packs/sales/pack.yaml"] = "pack: {\n";
    EXPECT_THAT(codes_and_files(files),
                ElementsAre("metrics/net_sales.yaml yaml.syntax", "owners.yaml yaml.syntax",
                            "packs/sales/pack.yaml yaml.syntax"));
}

TEST(LoadWorkspace, names_files_that_are_missing) {
    MemoryFiles files = sample_workspace();
    files.files.erase("/shop/meshline.yaml");
    files.files.erase("/shop/owners.yaml");
    EXPECT_THAT(codes_and_files(files), ElementsAre("meshline.yaml workspace.missing_file",
                                                    "owners.yaml workspace.missing_file"));
    MemoryFiles nothing;
    EXPECT_EQ(load_workspace("/shop", nothing).problems.front().code, "files.not_found");
}

TEST(LoadWorkspace, counts_the_files_it_read) {
    MemoryFiles files = sample_workspace();
    // 2 at the top, 3 of the client, 5 of the pack, 14 definitions.
    EXPECT_EQ(load_workspace("/shop/", files).file_count, 24);
}

TEST(FindWorkspace, looks_upward_for_the_folder) {
    MemoryFiles files = sample_workspace();
    EXPECT_EQ(*find_workspace("/shop/clients/retail", files), "/shop");
    EXPECT_EQ(*find_workspace("/shop/", files), "/shop");
    EXPECT_EQ(find_workspace("/elsewhere/deep", files).error().code, "workspace.not_found");
    files.files["/meshline.yaml"] = "workspace: root\n";
    EXPECT_EQ(*find_workspace("/elsewhere/deep", files), "/");
}

}  // namespace
}  // namespace meshline
