// Goal: six days of a real shop come to the figures published with them, in whatever order and
// however often the files are captured.
// Method: the files are captured backwards and twice, then the sums per day are compared.

#include "packs/example_run.hpp"
#include "stages/normalize/normalize.hpp"

namespace meshline {
namespace {

class OnlineRetail : public ExampleRun {
  protected:
    void SetUp() override { open("online_retail", "online_retail"); }
    const std::vector<std::string> backwards_ = {"2010-12-07.csv", "2010-12-06.csv",
                                                 "2010-12-05.csv", "2010-12-03.csv",
                                                 "2010-12-02.csv", "2010-12-01.csv"};
};

TEST_F(OnlineRetail, six_days_come_to_their_published_figures) {
    const CaptureReport first = capture("retail", "shop", "lines", backwards_);
    EXPECT_EQ(first.events, 16985);
    EXPECT_EQ(first.duplicates + first.conflicts + first.failed, 0);
    run(make_normalize(), "retail");
    const Lines by_day = lines(
        "select business_on, sum(amount), count(distinct order_ref)"
        " from entries where entry_type in ('gross_sale', 'return')"
        " group by business_on order by business_on");
    EXPECT_EQ(by_day, (Lines{"2010-12-01 58635.560000 143", "2010-12-02 46207.280000 167",
                             "2010-12-03 45620.460000 108", "2010-12-05 31383.950000 95",
                             "2010-12-06 53860.180000 133", "2010-12-07 45059.050000 111"}));
    EXPECT_EQ(lines("select sum(amount), count(distinct order_ref), count(*) from entries"),
              (Lines{"280766.480000 757 16985"}));
    EXPECT_EQ(lines("select sum(amount) from entries where entry_type = 'return'"),
              (Lines{"-59110.010000"}));
}

TEST_F(OnlineRetail, metrics_agree_with_the_sums_and_count_each_invoice_once) {
    capture("retail", "shop", "lines", backwards_);
    run(make_normalize(), "retail");
    using Totals = std::map<std::string, std::string>;
    const auto invoices = run_->daily_totals("retail", "orders");
    ASSERT_TRUE(invoices.ok()) << render(invoices.error());
    EXPECT_EQ(*invoices, (Totals{{"2010-12-01", "143"},
                                 {"2010-12-02", "167"},
                                 {"2010-12-03", "108"},
                                 {"2010-12-05", "95"},
                                 {"2010-12-06", "133"},
                                 {"2010-12-07", "111"}}));
    const auto net_sales = run_->daily_totals("retail", "net_sales");
    ASSERT_TRUE(net_sales.ok()) << render(net_sales.error());
    EXPECT_EQ(net_sales->at("2010-12-07"), "45059.05");
    const auto returns = run_->daily_totals("retail", "returns");
    ASSERT_TRUE(returns.ok()) << render(returns.error());
    EXPECT_EQ(returns->at("2010-12-01"), "325.23");
}

TEST_F(OnlineRetail, files_captured_again_change_nothing) {
    capture("retail", "shop", "lines", backwards_);
    run(make_normalize(), "retail");
    const Lines before = lines("select count(*), sum(amount), max(position) from entries");
    const CaptureReport again = capture("retail", "shop", "lines", {""});
    EXPECT_EQ(again.events, 0);
    EXPECT_EQ(again.duplicates, 16985);
    EXPECT_EQ(again.failed, 0);
    EXPECT_EQ(again.left_out, (Lines{data_ + "license.md"}));
    run(make_normalize(), "retail");
    EXPECT_EQ(lines("select count(*), sum(amount), max(position) from entries"), before);
}

}  // namespace
}  // namespace meshline
