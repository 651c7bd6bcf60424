// Goal: amounts keep their currency, their minor unit.
// Method: tables of currencies.
#include "base/money/money.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace meshline {
namespace {

Money money(std::string_view amount, std::string_view currency) {
    return {Decimal::parse(amount, Rounding::exact).value(), Currency::from_code(currency).value()};
}

TEST(Money, minor_units_are_those_of_the_currency) {
    const auto text = [](std::int64_t minor, std::string_view currency) {
        return Money::from_minor(minor, Currency::from_code(currency).value())->text();
    };
    EXPECT_EQ(text(1250, "USD"), "12.50 USD");
    EXPECT_EQ(text(1250, "JPY"), "1250 JPY");
    EXPECT_EQ(text(1250, "KWD"), "1.250 KWD");
    EXPECT_EQ(text(1250, "CLF"), "0.1250 CLF");
    EXPECT_EQ(text(-5, "eur"), "-0.05 EUR");
    EXPECT_EQ(Money::from_minor(std::numeric_limits<std::int64_t>::max(),
                                Currency::from_code("JPY").value())
                  .error()
                  .code,
              "money.overflow");
}

TEST(Money, two_currencies_never_add) {
    EXPECT_EQ(money("1", "USD").plus(money("1", "EUR")).error().code, "money.currency_mixed");
    EXPECT_EQ(money("1", "USD").minus(money("1", "EUR")).error().code, "money.currency_mixed");
    EXPECT_EQ(*money("1", "USD").plus(money("0.50", "USD")), money("1.5", "USD"));
    EXPECT_EQ(*money("1", "USD").minus(money("1.50", "USD")), money("-0.5", "USD"));
    EXPECT_NE(money("1", "USD"), money("1", "EUR"));
    EXPECT_EQ(money("999999999999", "USD").plus(money("1", "USD")).error().code, "money.overflow");
}

TEST(Money, rounds_to_the_minor_unit) {
    EXPECT_EQ(*money("2.345", "USD").rounded(Rounding::half_even), money("2.34", "USD"));
    EXPECT_EQ(*money("2.5", "JPY").rounded(Rounding::half_even), money("2", "JPY"));
    EXPECT_EQ(*money("2.345", "KWD").rounded(Rounding::exact), money("2.345", "KWD"));
    EXPECT_EQ(money("2.345", "USD").rounded(Rounding::exact).error().code, "money.inexact");
}

TEST(Money, text_shows_finer_parts_where_there_are_some) {
    EXPECT_EQ(money("2.345", "USD").text(), "2.345 USD");
    EXPECT_EQ(money("-3", "USD").text(), "-3.00 USD");
}

}  // namespace
}  // namespace meshline
