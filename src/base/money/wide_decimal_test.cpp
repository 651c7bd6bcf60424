// Goal: sums of amounts are exact far beyond the largest amount, and never wrap.
// Method: the edges of both types, texts in every form, and random sums held against their parts.
#include "base/money/wide_decimal.hpp"

#include "base/money/wide_money.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

WideDecimal wide(std::string_view text) {
    return WideDecimal::parse(text, Rounding::exact).value();
}

const std::string largest = std::string(32, '9') + ".999999";

TEST(WideDecimal, holds_sums_beyond_the_largest_amount) {
    EXPECT_EQ(wide("999999999999.99").plus(wide("5.00"))->text(2), "1000000000004.99");
    EXPECT_EQ(wide("600000000000").plus(wide("600000000000"))->text(), "1200000000000");
    EXPECT_EQ(wide("-999999999999.999999").minus(wide("0.000001"))->text(), "-1000000000000");
    EXPECT_EQ(wide("9300000000000.5").negated().text(2), "-9300000000000.50");
}

TEST(WideDecimal, its_edge_is_an_error_and_never_a_wrap) {
    EXPECT_EQ(wide(largest).text(), largest);
    EXPECT_EQ(wide("-" + largest).text(), "-" + largest);
    EXPECT_EQ(wide("-" + largest).magnitude(), wide(largest));
    EXPECT_EQ(wide(largest).plus(wide("0.000001")).error().code, "money.overflow");
    EXPECT_EQ(wide(largest).plus(wide(largest)).error().code, "money.overflow");
    EXPECT_EQ(wide("-" + largest).minus(wide(largest)).error().code, "money.overflow");
    EXPECT_EQ(WideDecimal::parse("1" + std::string(32, '0'), Rounding::exact).error().code,
              "money.overflow");
    EXPECT_EQ(WideDecimal::parse(largest + "5", Rounding::half_even).error().code,
              "money.overflow");
    EXPECT_EQ(WideDecimal::from_micros(WideDecimal::micros_max)->text(), largest);
    EXPECT_EQ(WideDecimal::from_micros(WideDecimal::micros_max + 1).error().code, "money.overflow");
    EXPECT_EQ(wide(largest).rounded(0, Rounding::half_even).error().code, "money.overflow");
}

TEST(WideDecimal, reads_what_an_amount_is_read_from) {
    EXPECT_EQ(wide("1e31").text(), "1" + std::string(31, '0'));
    EXPECT_EQ(wide("+12.5"), wide("12.50"));
    EXPECT_EQ(WideDecimal::parse("1000000000000.0000005", Rounding::half_even)->text(),
              "1000000000000");
    EXPECT_EQ(WideDecimal::parse("1000000000000.0000005", Rounding::half_away_from_zero)->text(),
              "1000000000000.000001");
    EXPECT_EQ(WideDecimal::parse("1.0000005", Rounding::exact).error().code, "money.inexact");
    EXPECT_EQ(WideDecimal::parse("1,5", Rounding::exact).error().code, "money.not_a_number");
}

TEST(WideDecimal, text_is_rounded_once_to_the_digits_asked_for) {
    const auto rounded = [](std::string_view text, int digits, Rounding rounding) {
        return WideDecimal::parse_rounded(text, digits, rounding)->text();
    };
    EXPECT_EQ(rounded("0.0049999999", 2, Rounding::half_away_from_zero), "0");
    EXPECT_EQ(rounded("0.005", 2, Rounding::half_away_from_zero), "0.01");
    EXPECT_EQ(rounded("-12.5", 0, Rounding::half_even), "-12");
    EXPECT_EQ(rounded("-12.000001", 0, Rounding::floor), "-13");
    EXPECT_EQ(rounded("1.25e1", 0, Rounding::toward_zero), "12");
    EXPECT_EQ(rounded("99999999999999999999999999999999.4", 0, Rounding::half_even),
              std::string(32, '9'));
    EXPECT_EQ(
        WideDecimal::parse_rounded("99999999999999999999999999999999.5", 0, Rounding::half_even)
            .error()
            .code,
        "money.overflow");
}

TEST(WideDecimal, holds_amounts_and_more) {
    EXPECT_EQ(WideDecimal(*Decimal::parse("-12.5", Rounding::exact)), wide("-12.5"));
    EXPECT_LT(wide("12.5"), wide("1000000000000"));
}

TEST(WideDecimal, rounds_as_named) {
    EXPECT_EQ(wide("1000000000000.125").rounded(2, Rounding::half_even)->text(),
              "1000000000000.12");
    EXPECT_EQ(wide("-1000000000000.125").rounded(2, Rounding::half_away_from_zero)->text(),
              "-1000000000000.13");
}

TEST(WideDecimal, sums_take_their_parts_away_again) {
    EXPECT_TRUE(rc::check([] {
        const auto draw = [] {
            const auto high = *rc::gen::arbitrary<std::int64_t>();
            const auto low = *rc::gen::arbitrary<std::int64_t>();
            const __int128 micros = static_cast<__int128>(high) * 4'000'000'000'000'000'000 + low;
            return WideDecimal::from_micros(micros).value();
        };
        const WideDecimal one = draw();
        const WideDecimal other = draw();
        const auto sum = one.plus(other);
        RC_ASSERT(sum.ok());
        RC_ASSERT((*sum->minus(other) == one));
        RC_ASSERT((wide(sum->text()) == *sum));
    }));
}

TEST(WideMoney, two_currencies_never_add) {
    const Currency yen = Currency::from_code("JPY").value();
    const Currency euro = Currency::from_code("EUR").value();
    const WideMoney many(wide("1200000000000"), yen);
    EXPECT_EQ(many.text(), "1200000000000 JPY");
    EXPECT_EQ(WideMoney(wide("1200000000000.5"), euro).text(), "1200000000000.50 EUR");
    EXPECT_EQ(many.plus(many)->text(), "2400000000000 JPY");
    EXPECT_EQ(many.plus(WideMoney(wide("1"), euro)).error().code, "money.currency_mixed");
}

}  // namespace
}  // namespace meshline
