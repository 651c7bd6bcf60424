// Goal: money that two streams of a source tell of is found, with its amount and days, and money
// that only one of them tells of is not. Method: bank lines with and without ids, side by side.
#include "checks/checked_shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* with_ids =
    "id,day,amount,payment_ref\na,2026-03-01,10,p1\nb,2026-03-02,5,p2\n";

TEST(DoubleBooking, the_same_payment_in_both_streams_is_found) {
    CheckedShop shop({});
    shop.capture("bank", "statement", with_ids);
    shop.capture("bank", "statement_lines",
                 "day,amount,payment_ref\n2026-03-02,5,p2\n2026-03-03,7,p3\n");
    const auto findings = shop.normalize();
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].type, "double_booking");
    EXPECT_EQ(findings[0].title,
              "bank/statement_lines and bank/statement tell of the same money: 1 entry in bank");
    EXPECT_EQ(findings[0].at_risk->text(), "5.00 EUR");
    ASSERT_THAT(findings[0].doubts, SizeIs(1));
    EXPECT_EQ(findings[0].doubts[0].book, "bank");
    EXPECT_EQ(findings[0].doubts[0].from.text(), "2026-03-02");
    EXPECT_EQ(findings[0].doubts[0].to.text(), "2026-03-02");
}

TEST(DoubleBooking, streams_of_different_payments_go_together) {
    CheckedShop shop({});
    shop.capture("bank", "statement", with_ids);
    // Another type of entry for the same payment is other money, and no reference is none.
    shop.capture("bank", "statement_lines",
                 "day,amount,payment_ref\n2026-03-02,-5,p2\n2026-03-03,7,\n");
    EXPECT_THAT(shop.normalize(), IsEmpty());
}

TEST(DoubleBooking, one_stream_alone_is_never_double) {
    CheckedShop shop({});
    shop.capture("bank", "statement",
                 "id,day,amount,payment_ref\na,2026-03-01,10,p1\nb,2026-03-02,10,p1\n");
    EXPECT_THAT(shop.normalize(), IsEmpty());
}

TEST(DoubleBooking, a_stream_that_is_no_longer_listed_books_nothing) {
    CheckedShop shop({});
    const std::string source = "source: bank\nowner: ana\npack: bank_csv\n";
    shop.define("clients/shop/sources/bank.yaml", source);
    shop.capture("bank", "statement", "entry_id,booked_on,amount,currency\na,2026-03-01,10,EUR\n");
    shop.capture("bank", "statement_lines", "booked_on,amount,currency\n2026-03-01,10,EUR\n");
    shop.normalize();
    EXPECT_EQ(shop.rows("select sum(amount) from entries"), std::vector<std::string>{"20.000000"});
    shop.define("clients/shop/sources/bank.yaml", source + "streams: [statement]\n");
    shop.normalize();
    EXPECT_EQ(shop.rows("select sum(amount) from entries"), std::vector<std::string>{"10.000000"});
}

}  // namespace
}  // namespace meshline
