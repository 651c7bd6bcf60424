// Goal: amounts are written with their currency's digits, whatever their size. Method: a table.
#include "base/money/money_text.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(MoneyText, amounts_have_their_currencys_digits) {
    struct Case {
        const char* number;
        const char* currency;
        const char* text;
    };
    const Case cases[] = {
        {"12.500000", "USD", "12.50"},
        {"12", "USD", "12.00"},
        {"12.345000", "USD", "12.345"},
        {"1000.000000", "JPY", "1000"},
        {"-1000.5", "JPY", "-1000.5"},
        {"1.234000", "KWD", "1.234"},
        {"1", "KWD", "1.000"},
        {"0.000000", "EUR", "0.00"},
        {"99999999999999999999999999.990000", "IDR", "99999999999999999999999999.99"},
        {"3.000000", "", "3"},
        {"2.50", "", "2.5"},
        {"", "USD", ""},
        {"58 rows", "USD", "58 rows"},
        {"1e3", "USD", "1e3"},
        {".5", "USD", ".5"},
    };
    for (const Case& one : cases)
        EXPECT_EQ(amount_text(one.number, one.currency), one.text) << one.number;
}

}  // namespace
}  // namespace meshline
