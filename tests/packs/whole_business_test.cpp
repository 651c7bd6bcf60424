// Goal: orders tie to payments, refunds above the payment are found, and the credit of the channels
// comes to the payments' total.
// Method: the tables of examples/whole_business are captured and taken to reconciliation; the
// figures are those of its README.

#include "packs/example_run.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"

#include <algorithm>

namespace meshline {
namespace {

class WholeBusiness : public ExampleRun {
  protected:
    void SetUp() override {
        open("whole_business", "whole_business");
        if (!run_) return;
        for (const auto& [stream, file] : std::vector<std::pair<std::string, std::string>>{
                 {"customers", "customers.csv"},
                 {"orders", "orders.csv"},
                 {"items", "order_items.csv"},
                 {"payments", "payments.csv"},
                 {"returns", "returns.csv"},
                 {"sessions", "website_sessions.csv"}}) {
            EXPECT_EQ(capture("business", "shop", stream, {file}).failed, 0) << stream;
        }
        EXPECT_TRUE(run(make_normalize(), "business").findings.empty());
    }

    Lines outcomes(const std::string& reconciliation) {
        EXPECT_TRUE(run_->show_matches("business").ok());
        return lines(
            "select side, outcome, reason, count(*) from match_items"
            " where reconciliation = '" +
            reconciliation + "' group by all order by all");
    }
};

TEST_F(WholeBusiness, sums_are_those_of_the_tables) {
    EXPECT_EQ(lines("select entry_type, sum(amount) from entries"
                    " where entry_type <> 'order_count' group by entry_type order by entry_type"),
              (Lines{"charge 42851.140000", "discount -1210.930000", "gross_sale 39277.710000",
                     "order_line 583275.780000", "order_total 42851.140000", "refund -4129.640000",
                     "return -4129.640000", "shipping 1544.680000", "tax 3239.680000"}));
    EXPECT_EQ(lines("select sum(quantity) from entries where entry_type = 'order_count'"),
              (Lines{"421.000000"}));
}

TEST_F(WholeBusiness, every_paid_order_matches_its_payment_and_no_items_add_up) {
    run(make_enrich(), "business");
    const StageOutcome outcome = run(make_reconcile(), "business");
    EXPECT_EQ(outcomes("orders_to_payments"), (Lines{"left matched  415", "right matched  415"}));
    EXPECT_EQ(outcomes("order_arithmetic"), (Lines{"left matched  415", "right matched  415"}));
    EXPECT_EQ(outcomes("items_to_orders"),
              (Lines{"left break amount_difference 415", "right break amount_difference 415"}));
    EXPECT_EQ(outcome.findings.size(), 415u);
}

TEST_F(WholeBusiness, ten_orders_gave_back_more_than_was_paid) {
    run(make_enrich(), "business");
    const StageOutcome outcome = run(make_validate(), "business");
    EXPECT_EQ(std::count_if(outcome.findings.begin(), outcome.findings.end(),
                            [](const Finding& finding) {
                                return finding.key.find("refund_within_payment") !=
                                       std::string::npos;
                            }),
              10);
}

TEST_F(WholeBusiness, credit_of_the_channels_comes_to_the_payments_total) {
    run(make_enrich(), "business");
    const Lines by_channel = lines(
        "select coalesce(c.channel, 'unknown') as channel,"
        " sum(e.amount * coalesce(c.share, 1))::decimal(38, 6) from entries e left join credits c"
        " on c.client_id = e.client_id and c.order_ref = e.order_ref"
        " where e.entry_type = 'charge' group by all order by channel");
    EXPECT_EQ(by_channel.size(), 6u);
    EXPECT_EQ(by_channel.back(), "unknown 35123.650000");
    EXPECT_EQ(
        lines("select sum(e.amount * coalesce(c.share, 1))::decimal(38, 6) from entries e"
              " left join credits c on c.client_id = e.client_id and c.order_ref = e.order_ref"
              " where e.entry_type = 'charge'"),
        (Lines{"42851.140000"}));
}

}  // namespace
}  // namespace meshline
