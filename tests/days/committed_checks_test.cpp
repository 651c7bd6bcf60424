// Goal: a publication commits to the results of the checks that count in its metric, and no others.
// Method: one check of sales and one of the bank, whose results change apart.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string check_of(const char* name, const char* book, const char* entry) {
    return fmt::format(
        "check: {}\nowner: ana\nseverity: note\nexception_severity: low\n"
        "row: {{book: {}, entries: [{}], column: amount, at_most: 500}}\n",
        name, book, entry);
}

TEST(CommittedChecks, are_those_that_count_in_the_metric) {
    DaysShop shop;
    shop.write("checks/sales.yaml", check_of("sales", "commerce", "gross_sale"));
    shop.write("checks/receipts.yaml", check_of("receipts", "bank", "bank_credit"));
    shop.write("metrics/received.yaml",
               "metric: received\nowner: ana\nbook: bank\ndate_basis: bank_day\n"
               "sum: [bank_credit]\n");
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1"});
    shop.bank("2026-03-10", {"ta,2026-03-01,10.00,a"});
    shop.run();
    const std::string of_sales = shop.checks_behind("2026-03-01", "net_sales");
    const std::string of_receipts = shop.checks_behind("2026-03-01", "received");
    EXPECT_THAT(of_sales, HasSubstr("\"sales\""));
    EXPECT_THAT(of_sales, Not(HasSubstr("\"receipts\"")));
    EXPECT_THAT(of_receipts, HasSubstr("\"receipts\""));
    EXPECT_THAT(of_receipts, Not(HasSubstr("\"sales\"")));
    EXPECT_EQ(shop.checks_behind("2026-03-01", "customers"), of_sales);

    // What the bank's check finds is nothing to the sales of another day.
    shop.sell("2026-03-11", {"b,2026-03-02,10.00,c1"});
    shop.bank("2026-03-11", {"tb,2026-03-02,900.00,b"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-02"), "10.00 verified 1");
    EXPECT_EQ(shop.checks_behind("2026-03-02", "net_sales"), of_sales);
    EXPECT_NE(shop.checks_behind("2026-03-02", "received"), of_receipts);
    EXPECT_TRUE(shop.verifies());
}

}  // namespace
}  // namespace meshline
