// Goal: Shopify's own fixtures and the tables of a warehouse sync go through the pack, and what is
// odd in them is said: records that break the contract fail, orders that do not add up break.
// Method: two sources of one client, one for the API's responses and one for the tables; the sums
// and the odd ones are named.

#include "packs/example_run.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/reconcile/reconcile.hpp"

namespace meshline {
namespace {

constexpr const char* workspace_files[][2] = {
    {"meshline.yaml", "workspace: fixtures\n"},
    {"owners.yaml", "people:\n  - {id: ana, name: Ana, email: ana@example.test}\n"},
    {"clients/shop/client.yaml",
     "client: shop\nowner: ana\nzone: America/New_York\ncurrency: USD\n"},
    {"clients/shop/sources/api.yaml", "source: api\nowner: ana\npack: shopify\n"},
    {"clients/shop/sources/tables.yaml",
     "source: tables\nowner: ana\npack: shopify\nzone: UTC\n"
     "constants:\n  order_line_rows: {currency: USD}\n"
     "  order_line_refund_rows: {currency: USD, taxes_included: \"false\"}\n  "
     "order_adjustment_rows: {currency: USD}\n"},
    {"reconciliations/order_arithmetic.yaml",
     "reconciliation: order_arithmetic\nowner: ana\n"
     "left: {book: commerce, item: order_ref, entries: [gross_sale, discount, shipping, tax, duty,"
     " tip, surcharge, gift_card_sale]}\n"
     "right: {book: commerce, item: order_ref, entries: [order_total]}\n"
     "match: [{one_to_one: {key: order_ref, tolerance: {absolute: 0.005}}}]\n"}};

class ShopifyFixtures : public ExampleRun {
  protected:
    void SetUp() override {
        for (const auto& [name, text] : workspace_files)
            folder_.put(std::string("workspace/") + name, text);
        open_folder(folder_ / "workspace", "shopify");
    }

    /// "events failed" of one file.
    std::string captured(const std::string& source, const std::string& stream,
                         const std::string& file) {
        const CaptureReport report = capture("shop", source, stream, {file});
        EXPECT_EQ(report.conflicts, 0) << file;
        return std::to_string(report.events) + " " + std::to_string(report.failed);
    }
};

TEST_F(ShopifyFixtures, responses_of_the_api_book_what_they_hold) {
    const std::string folder = "rest_api_fixtures/";
    EXPECT_EQ(captured("api", "orders", folder + "order.json"), "1 0");
    EXPECT_EQ(captured("api", "orders", folder + "orders.json"), "0 1") << "it has no lines";
    EXPECT_EQ(captured("api", "refunds", folder + "refund.json"), "0 1") << "it has no subtotals";
    EXPECT_EQ(captured("api", "transactions", folder + "transaction.json"), "1 0");
    EXPECT_EQ(captured("api", "balance_transactions", folder + "payouts_transactions.json"),
              "25 0");
    EXPECT_EQ(captured("api", "payouts", folder + "payouts.json"), "6 0");
    EXPECT_EQ(captured("api", "customers", folder + "customer.json"), "1 0");
    run(make_normalize(), "shop");
    EXPECT_EQ(
        lines("select entry_type, currency, sum(amount) from entries where stream = 'orders'"
              " and entry_type <> 'order_count' group by all order by all"),
        (Lines{"gross_sale USD 597.000000", "order_total USD 409.940000", "tax USD 11.940000"}));
    EXPECT_EQ(lines("select count(*) from entries where stream = 'transactions'"), (Lines{"0"}))
        << "an authorization moves nothing";
    EXPECT_EQ(lines("select sum(amount) from entries where stream = 'balance_transactions'"
                    " and payout_ref = '623721858'"),
              (Lines{"81.380000"}))
        << "the sum of its nets, which the made-up payout of 41.90 is not";
    EXPECT_EQ(lines("select book, currency, sum(amount) from entries where stream = 'payouts'"
                    " group by book, currency order by book, currency"),
              (Lines{"accounting CAD 51.690000", "accounting USD 126.920000",
                     "payments CAD -51.690000", "payments USD -126.920000"}));
}

TEST_F(ShopifyFixtures, an_order_whose_lines_are_not_its_total_is_a_break) {
    captured("api", "orders", "rest_api_fixtures/order.json");
    captured("tables", "order_rows", "warehouse_rest_tables/shopify_order_data.csv");
    run(make_normalize(), "shop");
    EXPECT_EQ(lines("select count(*) from rejected_events"), (Lines{"6"}))
        << "their totals hold more than the table's columns name, so nobody knows what it is";
    EXPECT_EQ(run(make_reconcile(), "shop").findings.size(), 1u);
    EXPECT_EQ(lines("select item_id, difference from match_results where side = 'left'"
                    " and outcome = 'break' order by item_id"),
              (Lines{"450789469 -199.000000"}));
}

TEST_F(ShopifyFixtures, tables_of_a_sync_are_read_with_their_odd_times_and_marks) {
    const std::string folder = "warehouse_rest_tables/shopify_";
    EXPECT_EQ(captured("tables", "order_rows", folder + "order_data.csv"), "8 0");
    EXPECT_EQ(captured("tables", "order_line_rows", folder + "order_line_data.csv"), "3 0");
    EXPECT_EQ(captured("tables", "order_line_refund_rows", folder + "order_line_refund_data.csv"),
              "5 0");
    EXPECT_EQ(captured("tables", "order_adjustment_rows", folder + "order_adjustment_data.csv"),
              "5 0");
    EXPECT_EQ(captured("tables", "transaction_rows", folder + "transaction_data.csv"), "5 0");
    EXPECT_EQ(captured("tables", "tender_transaction_rows", folder + "tender_transaction_data.csv"),
              "5 0");
    EXPECT_EQ(captured("tables", "customer_rows", folder + "customer_data.csv"), "4 0");
    run(make_normalize(), "shop");
    EXPECT_EQ(lines("select entry_type, sum(amount) from entries"
                    " where stream in ('transaction_rows', 'order_adjustment_rows')"
                    " group by entry_type order by entry_type"),
              (Lines{"adjustment -515.000000", "charge 1473.070000", "shipping_refund -622.000000",
                     "tax_refund -1.600000"}));
    EXPECT_EQ(lines("select distinct stream from rejected_events"), (Lines{"order_rows"}));
}

}  // namespace
}  // namespace meshline
