// Goal: a metric that was away comes back with the figures of now, whatever changed meanwhile.
// Method: a check that keeps sales out until the bank has their money, and lets them in while the
// metrics are away.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::Contains;

/// A sale counts once the bank has its money.
constexpr const char* paid_check =
    "check: paid\nowner: ana\nseverity: quarantine\nexception_severity: low\n"
    "cross: {group_by: order_ref, book: commerce, entries: [gross_sale],\n"
    "  limit_book: bank, limit_entries: [bank_credit]}\n";

void open_shop(DaysShop& shop) {
    shop.write("checks/paid.yaml", paid_check);
    // One that is never away: a client without a metric would not show that others go on.
    shop.write("metrics/received.yaml",
               "metric: received\nowner: ana\nbook: bank\ndate_basis: bank_day\n"
               "sum: [bank_credit]\n");
    shop.sell("2026-04-10", {"a,2026-03-01,10.00,c1", "b,2026-03-02,10.00,c2",
                             "c,2026-03-03,10.00,c3", "d,2026-04-09,10.00,c3"});
    shop.bank("2026-04-10", {"ta,2026-03-01,10.00,a", "tb,2026-03-02,4.00,b",
                             "tc,2026-03-03,10.00,c", "td,2026-04-09,10.00,d"});
}

void pay_the_rest(DaysShop& shop) {
    shop.bank("2026-04-11", {"tb2,2026-04-10,6.00,b"});
}

TEST(MetricAway, what_was_let_in_meanwhile_counts_when_it_is_back) {
    DaysShop shop;
    open_shop(shop);
    shop.run();
    ASSERT_EQ(shop.on("2026-03-02"), "- verified 1");
    ASSERT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 2 verified 1"));
    const std::string net_sales = shop.remove("metrics/net_sales.yaml");
    const std::string customers = shop.remove("metrics/customers.yaml");
    pay_the_rest(shop);
    shop.run();
    EXPECT_EQ(shop.on("2026-03-02"), "- verified 1");
    EXPECT_EQ(shop.on("2026-04-10", "received"),
              "6.00 provisional 1: settles 1 days after the day");
    shop.write("metrics/net_sales.yaml", net_sales);
    shop.write("metrics/customers.yaml", customers);
    shop.run();
    EXPECT_EQ(shop.on("2026-03-02"), "10.00 restated 2");
    EXPECT_EQ(shop.on("2026-03-01"), "10.00 verified 1");
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 3 restated 2"));
    EXPECT_TRUE(shop.verifies());

    DaysShop fresh;
    open_shop(fresh);
    pay_the_rest(fresh);
    fresh.run();
    for (const char* metric : {"net_sales", "customers"}) {
        for (const Grain grain : {Grain::day, Grain::week, Grain::month, Grain::all})
            EXPECT_EQ(shop.values(metric, grain), fresh.values(metric, grain));
    }
}

}  // namespace
}  // namespace meshline
