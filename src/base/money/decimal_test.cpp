// Goal: a Decimal is exact, rounds only as told and never wraps.
// Method: tables of each rule's edges; random values against 128-bit arithmetic.
#include "base/money/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

Decimal decimal(std::string_view text) {
    return Decimal::parse(text, Rounding::exact).value();
}

rc::Gen<Decimal> any_decimal() {
    const auto of_size = [](std::int64_t limit) {
        return rc::gen::inRange<std::int64_t>(-limit, limit + 1);
    };
    return rc::gen::map(
        rc::gen::oneOf(of_size(20), of_size(100'000'000), of_size(Decimal::micros_max)),
        [](std::int64_t micros) { return Decimal::from_micros(micros).value(); });
}

std::string error_of(std::string_view text, Rounding rounding = Rounding::exact) {
    const Result<Decimal> parsed = Decimal::parse(text, rounding);
    return parsed.ok() ? "" : parsed.error().code;
}

TEST(DecimalParse, reads_json_numbers_and_plain_text) {
    const std::pair<const char*, std::int64_t> cases[] = {
        {"0", 0},
        {"-0", 0},
        {"12", 12'000'000},
        {"12.50", 12'500'000},
        {"-0.05", -50'000},
        {"+7", 7'000'000},
        {".5", 500'000},
        {"5.", 5'000'000},
        {"007.10", 7'100'000},
        {"1e2", 100'000'000},
        {"1E+2", 100'000'000},
        {"12.5e-1", 1'250'000},
        {"1e-6", 1},
        {"0.000001", 1},
        {"0.0000010000", 1},
        {"1e11", 100'000'000'000'000'000},
        {"0e999999999999999999999", 0},
        {"0.00000000001e10", 100'000},
        {"100000000000000e-14", 1'000'000},
        {"0000000000000000000000000001", 1'000'000},
        {"999999999999.999999", Decimal::micros_max},
        {"-999999999999.999999", -Decimal::micros_max}};
    for (const auto& [text, micros] : cases) {
        const Result<Decimal> parsed = Decimal::parse(text, Rounding::exact);
        ASSERT_TRUE(parsed.ok()) << text;
        EXPECT_EQ(parsed->micros(), micros) << text;
    }
}

TEST(DecimalParse, refuses_what_is_no_number) {
    for (const char* text : {"", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,000", "1 ", " 1",
                             "--1", "0x10", "NaN", "inf", "1e5.0", "$5", "5USD", "\xd9\xa1"}) {
        EXPECT_EQ(error_of(text), "money.not_a_number") << text;
    }
    EXPECT_EQ(error_of(std::string_view("1\0", 2)), "money.not_a_number");
}

TEST(DecimalParse, refuses_what_does_not_fit) {
    for (const char* text : {"1000000000000", "-1000000000000", "1e12", "1e999999999999999999",
                             "9245350242453535023", "99999999999999999999999999"}) {
        EXPECT_EQ(error_of(text), "money.overflow") << text;
    }
    EXPECT_EQ(error_of("999999999999.9999995", Rounding::half_even), "money.overflow");
    EXPECT_EQ(error_of("999999999999.9999995", Rounding::toward_zero), "");
    EXPECT_EQ(error_of("-999999999999.9999991", Rounding::floor), "money.overflow");
}

TEST(DecimalParse, refuses_a_seventh_digit_when_exact) {
    EXPECT_EQ(error_of("0.0000001"), "money.inexact");
    EXPECT_EQ(error_of("1e-7"), "money.inexact");
    EXPECT_EQ(error_of("1e-99999999999999999999"), "money.inexact");
    EXPECT_EQ(error_of("0.0000010"), "");
}

TEST(DecimalParse, rounds_as_named) {
    struct Case {
        const char* text;
        std::int64_t half_even, half_away_from_zero, toward_zero, floor;
    };
    const Case cases[] = {{"0.0000005", 0, 1, 0, 0},      {"0.0000015", 2, 2, 1, 1},
                          {"0.0000025", 2, 3, 2, 2},      {"-0.0000005", 0, -1, 0, -1},
                          {"-0.0000015", -2, -2, -1, -2}, {"0.00000051", 1, 1, 0, 0},
                          {"0.00000049", 0, 0, 0, 0},     {"-0.00000049", 0, 0, 0, -1},
                          {"-0.00000051", -1, -1, 0, -1}, {"0.000000500000000001", 1, 1, 0, 0},
                          {"-1e-999999", 0, 0, 0, -1},    {"5e-7", 0, 1, 0, 0}};
    for (const Case& row : cases) {
        const auto micros = [&](Rounding rounding) {
            return Decimal::parse(row.text, rounding)->micros();
        };
        EXPECT_EQ(micros(Rounding::half_even), row.half_even) << row.text;
        EXPECT_EQ(micros(Rounding::half_away_from_zero), row.half_away_from_zero) << row.text;
        EXPECT_EQ(micros(Rounding::toward_zero), row.toward_zero) << row.text;
        EXPECT_EQ(micros(Rounding::floor), row.floor) << row.text;
    }
}

TEST(DecimalText, shows_the_digits_asked_for_and_those_there_are) {
    EXPECT_EQ(decimal("12.5").text(2), "12.50");
    EXPECT_EQ(decimal("12.5").text(), "12.5");
    EXPECT_EQ(decimal("12").text(), "12");
    EXPECT_EQ(decimal("100").text(), "100");
    EXPECT_EQ(decimal("12.505").text(2), "12.505");
    EXPECT_EQ(decimal("-0.05").text(), "-0.05");
    EXPECT_EQ(decimal("0").text(2), "0.00");
    EXPECT_EQ(decimal("0").text(), "0");
    EXPECT_EQ(decimal("0.000001").text(2), "0.000001");
    EXPECT_EQ(decimal("-999999999999.999999").text(), "-999999999999.999999");
}

TEST(DecimalText, reads_back_to_the_same_value) {
    EXPECT_TRUE(rc::check([] {
        const Decimal value = *any_decimal();
        const int digits_min = *rc::gen::inRange(0, 7);
        RC_ASSERT(Decimal::parse(value.text(digits_min), Rounding::exact).value() == value);
    }));
}

TEST(DecimalSum, minus_undoes_plus) {
    EXPECT_TRUE(rc::check([] {
        const Decimal left = *any_decimal();
        const Decimal right = *any_decimal();
        const Result<Decimal> sum = left.plus(right);
        const __int128 exact = static_cast<__int128>(left.micros()) + right.micros();
        const bool fits = exact <= Decimal::micros_max && exact >= -Decimal::micros_max;
        RC_ASSERT(sum.ok() == fits);
        if (fits) RC_ASSERT(sum->minus(right).value() == left);
        if (!fits) RC_ASSERT(sum.error().code == "money.overflow");
        RC_ASSERT(left.negated().negated() == left);
        RC_ASSERT(left.plus(left.negated()).value() == Decimal());
    }));
}

TEST(DecimalSum, overflow_is_an_error_at_both_ends) {
    const Decimal most = decimal("999999999999.999999");
    const Decimal least = most.negated();
    const Decimal step = decimal("0.000001");
    EXPECT_EQ(most.plus(step).error().code, "money.overflow");
    EXPECT_EQ(least.minus(step).error().code, "money.overflow");
    EXPECT_TRUE(most.minus(step).ok());
    EXPECT_EQ(most.times(most, Rounding::half_even).error().code, "money.overflow");
    EXPECT_EQ(Decimal::from_micros(Decimal::micros_max + __int128{1}).error().code,
              "money.overflow");
    EXPECT_EQ(Decimal::from_micros(-Decimal::micros_max - __int128{1}).error().code,
              "money.overflow");
}

TEST(DecimalProduct, is_rounded_as_it_is_told) {
    EXPECT_EQ(*decimal("19.99").times(decimal("3"), Rounding::exact), decimal("59.97"));
    EXPECT_EQ(*decimal("-0.5").times(decimal("0.000001"), Rounding::half_even), Decimal());
    EXPECT_EQ(*decimal("-0.5").times(decimal("0.000001"), Rounding::floor), decimal("-0.000001"));
    EXPECT_EQ(decimal("0.5").times(decimal("0.000001"), Rounding::exact).error().code,
              "money.inexact");
}

TEST(DecimalRounding, keeps_the_digits_asked_for) {
    EXPECT_EQ(*decimal("2.345").rounded(2, Rounding::half_even), decimal("2.34"));
    EXPECT_EQ(*decimal("2.355").rounded(2, Rounding::half_even), decimal("2.36"));
    EXPECT_EQ(*decimal("2.345").rounded(2, Rounding::half_away_from_zero), decimal("2.35"));
    EXPECT_EQ(*decimal("-2.341").rounded(2, Rounding::floor), decimal("-2.35"));
    EXPECT_EQ(*decimal("-2.349").rounded(2, Rounding::toward_zero), decimal("-2.34"));
    EXPECT_EQ(*decimal("2.5").rounded(0, Rounding::half_even), decimal("2"));
    EXPECT_EQ(*decimal("2.34").rounded(2, Rounding::exact), decimal("2.34"));
    EXPECT_EQ(decimal("2.345").rounded(2, Rounding::exact).error().code, "money.inexact");
    EXPECT_EQ(decimal("999999999999.5").rounded(0, Rounding::half_even).error().code,
              "money.overflow");
}

TEST(DecimalRounding, stays_within_its_bounds_in_the_named_direction) {
    EXPECT_TRUE(rc::check([] {
        const Decimal value = *any_decimal();
        const int digits = *rc::gen::inRange(0, 7);
        std::int64_t unit = 1;
        for (int digit = digits; digit < Decimal::digits; ++digit)
            unit *= 10;
        const auto difference = [&](Rounding rounding) -> std::int64_t {
            const Result<Decimal> rounded = value.rounded(digits, rounding);
            if (!rounded.ok()) RC_DISCARD("at the end of the range");
            RC_ASSERT(rounded->micros() % unit == 0);
            return rounded->micros() - value.micros();
        };
        const std::int64_t cut = difference(Rounding::toward_zero);
        const std::int64_t inward = value.micros() >= 0 ? -cut : cut;
        RC_ASSERT((inward >= 0 && inward < unit));
        const std::int64_t floor = difference(Rounding::floor);
        RC_ASSERT((floor <= 0 && floor > -unit));
        const std::int64_t even = difference(Rounding::half_even);
        const std::int64_t away = difference(Rounding::half_away_from_zero);
        RC_ASSERT(2 * std::abs(even) <= unit);
        RC_ASSERT(2 * std::abs(away) <= unit);
        if (2 * std::abs(even) == unit) {
            RC_ASSERT((value.micros() + even) / unit % 2 == 0);
            RC_ASSERT((value.micros() >= 0) == (away > 0));
        }
        RC_ASSERT(value.rounded(digits, Rounding::exact).ok() == (cut == 0));
    }));
}

}  // namespace
}  // namespace meshline
