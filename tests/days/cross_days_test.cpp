// Goal: a cross check of any severity reaches the days of both of its sides, and no day between.
// Method: sales above what the bank received for them, and the states of both books' days.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The order a of 2026-03-05 is above what the bank received for it on the 1st and the 2nd.
void run_unpaid_shop(DaysShop& shop, const char* severity) {
    shop.write("checks/unpaid.yaml",
               fmt::format("check: unpaid\nowner: ana\nseverity: {}\n"
                           "cross: {{group_by: order_ref, book: commerce, entries: [gross_sale],\n"
                           "  limit_book: bank, limit_entries: [bank_credit]}}\n",
                           severity));
    shop.write("metrics/received.yaml",
               "metric: received\nowner: ana\nbook: bank\ndate_basis: bank_day\n"
               "sum: [bank_credit]\n");
    shop.bank("2026-03-12", {"ta,2026-03-01,4.00,a", "tb,2026-03-02,3.00,a", "tc,2026-03-04,8.00,c",
                             "td,2026-03-06,1.00,d"});
    shop.sell("2026-03-12",
              {"a,2026-03-05,10.00,c1", "c,2026-03-04,8.00,c1", "d,2026-03-06,1.00,c1"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-04", "received"), "8.00 verified 1");
    EXPECT_EQ(shop.on("2026-03-04"), "8.00 verified 1");
    EXPECT_TRUE(shop.verifies());
}

TEST(CrossDays, of_both_sides_are_provisional) {
    for (const char* severity : {"note", "quarantine"}) {
        DaysShop shop;
        run_unpaid_shop(shop, severity);
        EXPECT_THAT(shop.on("2026-03-01", "received"), StartsWith("4.00 provisional 1: open exc"));
        EXPECT_THAT(shop.on("2026-03-02", "received"), StartsWith("3.00 provisional 1: open exc"));
        EXPECT_THAT(shop.on("2026-03-05"), HasSubstr(" provisional 1: open exception"));
    }
}

TEST(CrossDays, of_both_sides_are_held) {
    DaysShop shop;
    run_unpaid_shop(shop, "hold");
    EXPECT_THAT(shop.on("2026-03-01", "received"), StartsWith("nothing held 0: check unpaid"));
    EXPECT_THAT(shop.on("2026-03-02", "received"), StartsWith("nothing held 0: check unpaid"));
    EXPECT_THAT(shop.on("2026-03-05"), StartsWith("nothing held 0: check unpaid"));
    // Paid in full they are published.
    shop.bank("2026-03-13", {"te,2026-03-02,3.00,a"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-01", "received"), "4.00 verified 1");
    EXPECT_EQ(shop.on("2026-03-05"), "10.00 verified 1");
    EXPECT_TRUE(shop.verifies());
}

}  // namespace
}  // namespace meshline
