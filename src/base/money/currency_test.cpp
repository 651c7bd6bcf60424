// Goal: a currency is one of ISO 4217, with its own minor unit.
// Method: table cases, and the whole table against the standard's list where that lies at hand.
#include "base/money/currency.hpp"

#include "base/money/currency_table.hpp"
#include "base/text/text.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

TEST(Currency, has_the_minor_unit_of_the_standard) {
    const std::pair<const char*, int> cases[] = {
        {"USD", 2}, {"EUR", 2}, {"JPY", 0}, {"KRW", 0}, {"ISK", 0}, {"KWD", 3}, {"BHD", 3},
        {"CLF", 4}, {"UYW", 4}, {"CLP", 0}, {"MGA", 2}, {"XAU", 6}, {"XXX", 6}};
    for (const auto& [code, digits] : cases) {
        const Result<Currency> currency = Currency::from_code(code);
        ASSERT_TRUE(currency.ok()) << code;
        EXPECT_EQ(currency->minor_digits(), digits) << code;
        EXPECT_EQ(currency->code(), code);
    }
}

TEST(Currency, reads_either_case) {
    EXPECT_EQ(*Currency::from_code("usd"), *Currency::from_code("USD"));
    EXPECT_EQ(Currency::from_code("usd")->code(), "USD");
    EXPECT_NE(*Currency::from_code("usd"), *Currency::from_code("eur"));
}

TEST(Currency, first_and_last_of_the_table_are_found) {
    EXPECT_EQ(Currency::from_code("AED")->code(), "AED");
    EXPECT_EQ(Currency::from_code("ZWG")->code(), "ZWG");
}

TEST(Currency, refuses_what_is_no_code_and_names_the_nearest) {
    for (const char* code : {"", "US", "USDT", "U$D", "ZZZ", "AAA", "840"}) {
        EXPECT_EQ(Currency::from_code(code).error().code, "money.unknown_currency") << code;
    }
    EXPECT_EQ(Currency::from_code("EURO").error().hint, "Did you mean \"EUR\"?");
    EXPECT_FALSE(Currency::from_code("123").error().hint.empty());
}

TEST(Currency, table_equals_the_published_list) {
    const std::filesystem::path list = std::filesystem::path(MESHLINE_SOURCE_DIR).parent_path() /
                                       "shared/data/iso4217/currencies.csv";
    std::ifstream file(list);
    if (!file) GTEST_SKIP() << "the published ISO 4217 list is not at hand: " << list;
    std::string line;
    std::getline(file, line);
    ASSERT_EQ(trim(line), "code,number,minor_units,name");
    std::size_t count = 0;
    while (std::getline(file, line)) {
        const std::vector<std::string_view> cells = split(line, ',');
        const Result<Currency> currency = Currency::from_code(cells[0]);
        ASSERT_TRUE(currency.ok()) << cells[0];
        const std::string digits = std::to_string(currency->minor_digits());
        EXPECT_EQ(digits, cells[2] == "N.A." ? "6" : cells[2]) << cells[0];
        ++count;
    }
    EXPECT_EQ(count, currency_table().size());
}

}  // namespace
}  // namespace meshline
