// Goal: numbers of any length compare and divide as decimals, never as doubles.
// Method: tables, and a property against 64-bit arithmetic.
#include "base/json/decimal_token.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

DecimalToken token(std::string_view text) {
    const auto parsed = DecimalToken::parse(text);
    EXPECT_TRUE(parsed.has_value()) << text;
    return parsed.value_or(DecimalToken{});
}

TEST(DecimalToken, text_that_is_no_number_is_refused) {
    for (const char* text : {"", "-", ".", "1.", "e5", "1e", "1e+", "1x", " 1", "1 ", "0x1", "--1",
                             "1.2.3", "1,2", "NaN"}) {
        EXPECT_FALSE(DecimalToken::parse(text).has_value()) << text;
    }
    for (const char* text : {"007", "+1", ".5", "-0", "1E5", "1e-400"}) {
        EXPECT_TRUE(DecimalToken::parse(text).has_value()) << text;
    }
}

TEST(DecimalToken, order_is_that_of_the_values) {
    const std::vector<std::string> ascending = {"-1e400",
                                                "-123456789012345678901234567890",
                                                "-10",
                                                "-9.99",
                                                "-1e-5",
                                                "0",
                                                "1e-400",
                                                "0.1",
                                                "0.10000000000000000000000000001",
                                                "1",
                                                "1.05",
                                                "1.5",
                                                "9",
                                                "10",
                                                "100000000000000000000000000000",
                                                "1e30",
                                                "1e400"};
    for (std::size_t a = 0; a < ascending.size(); ++a) {
        for (std::size_t b = 0; b < ascending.size(); ++b) {
            EXPECT_EQ(token(ascending[a]) <=> token(ascending[b]), a <=> b)
                << ascending[a] << " and " << ascending[b];
        }
    }
}

TEST(DecimalToken, spelling_does_not_change_the_value) {
    for (const char* text : {"100", "1e2", "100.00", "0100", "+1E+2", "0.1e3", "10000e-2"}) {
        EXPECT_EQ(token(text), token("100")) << text;
        EXPECT_EQ(token(text).to_int64(), 100) << text;
    }
    EXPECT_EQ(token("-0.0"), token("0e9"));
}

TEST(DecimalToken, whole_numbers_are_told_from_others) {
    for (const char* text : {"0", "0.0", "1.0", "1e2", "1.5e1", "-12.50e2", "1e400"}) {
        EXPECT_TRUE(token(text).is_whole()) << text;
    }
    for (const char* text : {"0.5", "1e-1", "12.345e2", "1e-400"}) {
        EXPECT_FALSE(token(text).is_whole()) << text;
    }
}

TEST(DecimalToken, integers_end_at_64_bits) {
    EXPECT_EQ(token("9223372036854775807").to_int64(), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(token("-9223372036854775808").to_int64(), std::numeric_limits<std::int64_t>::min());
    for (const char* text : {"9223372036854775808", "-9223372036854775809", "1e19", "1e400",
                             "99999999999999999999999", "0.5", "1.5"}) {
        EXPECT_FALSE(token(text).to_int64().has_value()) << text;
    }
}

TEST(DecimalToken, exponents_beyond_64_bits_neither_wrap_nor_hang) {
    const DecimalToken huge = token("1e99999999999999999999999999");
    EXPECT_GT(huge, token("9e400"));
    EXPECT_FALSE(huge.to_int64().has_value());
    EXPECT_LT(token("1e-99999999999999999999999999"), token("1e-400"));
    EXPECT_TRUE(DecimalStep::create(token("7"))->divides(token("0e99999999999999999999")));
    EXPECT_FALSE(DecimalStep::create(token("7"))->divides(huge));
}

TEST(DecimalStep, divides_exactly) {
    const auto divides = [](const char* step, const char* value) {
        return DecimalStep::create(token(step))->divides(token(value));
    };
    EXPECT_TRUE(divides("0.01", "19.99"));
    EXPECT_TRUE(divides("0.1", "0.3"));
    EXPECT_TRUE(divides("3", "999999999999999999999999999999"));
    EXPECT_TRUE(divides("7", "7e300"));
    EXPECT_TRUE(divides("1.5", "-4.5"));
    EXPECT_TRUE(divides("1e-400", "1"));
    EXPECT_FALSE(divides("0.01", "19.995"));
    EXPECT_FALSE(divides("3", "1e300"));
    EXPECT_FALSE(divides("1e2", "150"));
    EXPECT_FALSE(divides("1e400", "1"));
}

TEST(DecimalStep, needs_a_positive_number_of_few_digits) {
    EXPECT_FALSE(DecimalStep::create(token("0")).has_value());
    EXPECT_FALSE(DecimalStep::create(token("-1")).has_value());
    EXPECT_FALSE(DecimalStep::create(token("1234567890123456789")).has_value());
    EXPECT_TRUE(DecimalStep::create(token("123456789012345678")).has_value());
}

TEST(DecimalToken, agrees_with_64_bit_arithmetic) {
    rc::check([](std::int64_t a, std::int64_t b) {
        const std::string text_a = std::to_string(a);
        const std::string text_b = std::to_string(b);
        RC_ASSERT((token(text_a) <=> token(text_b)) == (a <=> b));
        RC_ASSERT(token(text_a).to_int64() == a);
        const std::int64_t step = *rc::gen::inRange<std::int64_t>(1, 1000);
        const auto divisor = DecimalStep::create(token(std::to_string(step)));
        RC_ASSERT(divisor->divides(token(text_a)) == (a % step == 0));
    });
}

}  // namespace
}  // namespace meshline
