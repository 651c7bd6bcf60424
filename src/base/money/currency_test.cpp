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

TEST(Currency, knows_the_list_of_2026_and_what_it_withdrew_in_ten_years) {
    const std::pair<const char*, int> cases[] = {
        {"XCG", 2}, {"XAD", 2}, {"ZWG", 2}, {"SLE", 2}, {"VED", 2},   // Newer than 2020.
        {"ANG", 2}, {"BGN", 2}, {"CUC", 2}, {"HRK", 2}, {"SLL", 2},   // Withdrawn since.
        {"ZWL", 2}, {"MRO", 2}, {"STD", 2}, {"VEF", 2}, {"BYR", 0}};  // Withdrawn before.
    for (const auto& [code, digits] : cases)
        EXPECT_EQ(Currency::from_code(code)->minor_digits(), digits) << code;
    // Beyond ten years, and codes that are in use and in no standard.
    for (const char* code : {"LTL", "DEM", "JEP", "USDC", "GGP"})
        EXPECT_FALSE(Currency::from_code(code).ok()) << code;
}

// Method: every line of the data, which is read without a word where it is good.
TEST(Currency, data_is_whole_and_in_order) {
    std::ifstream file(std::filesystem::path(MESHLINE_SOURCE_DIR) / "schema/currencies.csv");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    EXPECT_EQ(line, "code,digits,kind,from,until");
    std::string text;
    std::string last;
    while (std::getline(file, line)) {
        const std::vector<std::string_view> cells = split(line, ',');
        ASSERT_EQ(cells.size(), 5U) << line;
        EXPECT_LT(last, cells[0]) << "codes are in order, each once";
        last = cells[0];
        EXPECT_EQ(last.size(), 3U) << line;
        for (const std::string_view date : {cells[3], cells[4]})
            EXPECT_TRUE(date.empty() || (date.size() == 10 && date.starts_with("20"))) << line;
        text += last + " " + std::string(cells[1]) + "\n";
    }
    EXPECT_EQ(CurrencyTable::standard().text(), text);
}

TEST(Currency, a_code_of_no_table_is_itself) {
    const auto stable = Currency::unlisted("usdc");
    ASSERT_TRUE(stable.has_value());
    EXPECT_EQ(stable->code(), "USDC");
    EXPECT_EQ(stable->minor_digits(), 2);
    EXPECT_NE(*stable, *Currency::unlisted("USD"));
    EXPECT_EQ(*Currency::unlisted("USD"), *Currency::from_code("USD"));
    EXPECT_EQ(Currency::stored("JPY")->minor_digits(), 0);
    EXPECT_EQ(Currency::stored("JEP")->code(), "JEP");
    for (const char* text : {"", "US", "U$D", "840", "US dollars", "NINELONGX", "\xe2\x82\xac"}) {
        EXPECT_FALSE(Currency::unlisted(text).has_value()) << text;
        EXPECT_EQ(Currency::stored(text).error().code, "money.unknown_currency") << text;
    }
}

TEST(CurrencyTable, with_more_codes_is_another_table) {
    const CurrencyTable more =
        CurrencyTable::standard().with({{"JEP", 2}, {"USDC", 6}, {"JPY", 2}});
    EXPECT_EQ(more.find("jep")->minor_digits(), 2);
    EXPECT_EQ(more.find("USDC")->minor_digits(), 6);
    // ISO may change its mind, too.
    EXPECT_EQ(more.find("JPY")->minor_digits(), 2);
    EXPECT_EQ(more.find("AED")->minor_digits(), 2);
    EXPECT_EQ(more.find("ZWL")->minor_digits(), 2);
    EXPECT_FALSE(more.is_standard());
    EXPECT_NE(more.text(), CurrencyTable::standard().text());
    // Two workspaces of one process share nothing but the binary's.
    EXPECT_FALSE(CurrencyTable::standard().has("JEP"));
    EXPECT_EQ(Currency::from_code("JPY")->minor_digits(), 0);
    EXPECT_TRUE(CurrencyTable().is_standard());
    EXPECT_TRUE(more.with({}).has("USDC"));
    EXPECT_EQ(more.find("UZDC").error().hint, "Did you mean \"USDC\"?");
}

// The list of 2024-06-25, as a package of another project has it.
TEST(Currency, keeps_what_the_published_list_has) {
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
    EXPECT_GT(count, 170U);
}

}  // namespace
}  // namespace meshline
