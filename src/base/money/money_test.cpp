// Goal: amounts keep their currency, their minor unit and their whole.
// Method: tables of currencies, and random splits that must sum to what was split.
#include "base/money/money.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

Money money(std::string_view amount, std::string_view currency) {
    return {Decimal::parse(amount, Rounding::exact).value(), Currency::from_code(currency).value()};
}

std::vector<std::string> texts(const std::vector<Money>& amounts) {
    std::vector<std::string> texts;
    for (const Money& amount : amounts)
        texts.push_back(amount.amount.text());
    return texts;
}

using Texts = std::vector<std::string>;

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

TEST(SplitByWeights, left_over_units_go_to_the_largest_remainders) {
    const auto split = [](const Money& whole, std::vector<std::int64_t> weights) {
        return texts(split_by_weights(whole, weights).value());
    };
    EXPECT_EQ(split(money("10", "USD"), {1, 1, 1}), (Texts{"3.34", "3.33", "3.33"}));
    EXPECT_EQ(split(money("-10", "USD"), {1, 1, 1}), (Texts{"-3.34", "-3.33", "-3.33"}));
    EXPECT_EQ(split(money("1", "USD"), {1, 5, 1}), (Texts{"0.14", "0.72", "0.14"}));
    EXPECT_EQ(split(money("10", "JPY"), {1, 1, 1}), (Texts{"4", "3", "3"}));
    EXPECT_EQ(split(money("10.005", "USD"), {1, 1}), (Texts{"5.0025", "5.0025"}));
    EXPECT_EQ(split(money("0.000001", "USD"), {1, 1}), (Texts{"0.000001", "0"}));
    EXPECT_EQ(split(money("0.01", "USD"), {0, 1, 1}), (Texts{"0", "0.01", "0"}));
    EXPECT_EQ(split(money("0", "USD"), {1, 2}), (Texts{"0", "0"}));
    EXPECT_EQ(split(money("7", "USD"), {3}), (Texts{"7"}));
}

TEST(SplitByWeights, refuses_weights_that_weigh_nothing) {
    const auto code = [](std::vector<std::int64_t> weights) {
        return split_by_weights(money("1", "USD"), weights).error().code;
    };
    EXPECT_EQ(code({}), "money.bad_weights");
    EXPECT_EQ(code({0, 0}), "money.bad_weights");
    EXPECT_EQ(code({2, -1}), "money.bad_weights");
}

TEST(SplitByWeights, takes_the_largest_amount_and_weights) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const Money whole = money("999999999999.999999", "USD");
    EXPECT_EQ(texts(*split_by_weights(whole, std::vector{most, most, std::int64_t{0}})),
              (Texts{"500000000000", "499999999999.999999", "0"}));
}

TEST(SplitByWeights, sums_to_the_whole_for_any_weights) {
    EXPECT_TRUE(rc::check([] {
        const char* const code = *rc::gen::element("USD", "JPY", "KWD", "XAU");
        const std::int64_t micros = *rc::gen::oneOf(
            rc::gen::inRange<std::int64_t>(-3'000'000, 3'000'000),
            rc::gen::inRange<std::int64_t>(-Decimal::micros_max, Decimal::micros_max));
        const auto weights = *rc::gen::suchThat(
            rc::gen::container<std::vector<std::int64_t>>(rc::gen::oneOf(
                rc::gen::inRange<std::int64_t>(0, 5),
                rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max()))),
            [](const std::vector<std::int64_t>& drawn) {
                return std::ranges::any_of(drawn, [](std::int64_t weight) { return weight > 0; });
            });
        const Money whole{Decimal::from_micros(micros).value(), Currency::from_code(code).value()};
        const Result<std::vector<Money>> split = split_by_weights(whole, weights);
        RC_ASSERT(split.ok());
        RC_ASSERT(split->size() == weights.size());

        std::int64_t unit = 1;
        for (int digit = whole.currency.minor_digits(); digit < 6; ++digit)
            unit *= 10;
        if (micros % unit != 0) unit = 1;
        __int128 weight_sum = 0;
        for (const std::int64_t weight : weights)
            weight_sum += weight;
        __int128 sum = 0;
        for (std::size_t index = 0; index < weights.size(); ++index) {
            const __int128 share = (*split)[index].amount.micros();
            sum += share;
            // Each share is less than one unit away from its exact part.
            const __int128 exact = static_cast<__int128>(micros / unit) * weights[index];
            const __int128 distance = share / unit * weight_sum - exact;
            RC_ASSERT((distance < weight_sum && distance > -weight_sum));
            RC_ASSERT((share % unit == 0));
            if (weights[index] == 0) RC_ASSERT((share == 0));
        }
        RC_ASSERT((sum == micros));
    }));
}

}  // namespace
}  // namespace meshline
