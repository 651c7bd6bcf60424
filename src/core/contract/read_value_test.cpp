// Goal: annotated values are read exactly or refused, never guessed.
// Method: tables of JSON values with the reading expected, under the options of a source.
#include "core/contract/read_value.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

/// Parses one value and hands it to `read`; "refused" for contract.unreadable_value.
template <class Read>
std::string outcome(const std::string& json, Read read) {
    JsonDocument document;
    const auto value = document.parse(json);
    EXPECT_TRUE(value.ok()) << json;
    if (!value.ok()) return "not json";
    const auto result = read(*value);
    if (!result.ok()) {
        EXPECT_EQ(result.error().code, "contract.unreadable_value") << json;
        return "refused";
    }
    return *result ? read.text(**result) : "nothing";
}

struct Case {
    const char* json;
    const char* expected;
};

struct MoneyReading {
    ReadOptions options;
    auto operator()(JsonValue value) const { return read_money(value, options); }
    static std::string text(Decimal amount) { return amount.text(2); }
};

TEST(ReadMoney, point_marks_the_decimals) {
    for (const Case& row : std::vector<Case>{
             {"12.5", "12.50"},
             {"\"12.50\"", "12.50"},
             {"1e2", "100.00"},
             {"\"1e2\"", "100.00"},
             {"-0.05", "-0.05"},
             {"\" 7 \"", "7.00"},
             {"\"1,234.50\"", "1234.50"},
             {"\"-1,234,567.891\"", "-1234567.891"},
             {"\"1,234\"", "1234.00"},
             {"0.123456", "0.123456"},
             {"0.1234567", "refused"},
             {"\"0.1234567\"", "refused"},
             {"1.0000000", "1.00"},
             {"999999999999.999999", "999999999999.999999"},
             {"1000000000000", "refused"},
             {"123456789012345678901234567890", "refused"},
             {"1e400", "refused"},
             {"null", "nothing"},
             {"\"\"", "nothing"},
             {"\"  \"", "nothing"},
             {"\"12,50\"", "refused"},
             {"\"1,2345.00\"", "refused"},
             {"\"1234,567.00\"", "refused"},
             {"\",123\"", "refused"},
             {"\"1,\"", "refused"},
             {"\"1,,234\"", "refused"},
             {"\"1.234,50\"", "refused"},
             {"\"1.5,000\"", "refused"},
             {"\"1,234e2\"", "refused"},
             // No one groups thousands after a zero: the comma marks decimals here.
             {"\"0,500\"", "refused"},
             {"\"-0,500\"", "refused"},
             {"\"01,234\"", "refused"},
             {"\"001,234.50\"", "refused"},
             {"\"0.500\"", "0.50"},
             {"\"1,000,500\"", "1000500.00"},
             {"\"$12\"", "refused"},
             {"\"12 USD\"", "refused"},
             {"\"1-2\"", "refused"},
             {"\"abc\"", "refused"},
             {"true", "refused"},
             {"[1]", "refused"},
             {"{}", "refused"},
             {"\"1,234,567,890,123,456,789,012,345,678,901,234,567,890,123,456,789,012,345\"",
              "refused"},
         }) {
        EXPECT_EQ(outcome(row.json, MoneyReading{}), row.expected) << row.json;
    }
}

TEST(ReadMoney, comma_marks_the_decimals_where_the_source_says_so) {
    MoneyReading read;
    read.options.decimal_mark = ',';
    for (const Case& row : std::vector<Case>{
             {"\"1.234,50\"", "1234.50"},
             {"\"12,5\"", "12.50"},
             {"\"-,5\"", "-0.50"},
             {"\"1.234\"", "1234.00"},
             {"\"12\"", "12.00"},
             {"12.5", "12.50"},
             {"\"12.50\"", "refused"},
             {"\"1,234.50\"", "refused"},
             {"\"1,2,3\"", "refused"},
             {"\"1.23,4\"", "refused"},
             {"\"0.123\"", "refused"},
             {"\"0,123\"", "0.123"},
             {"\"10.123\"", "10123.00"},
         }) {
        EXPECT_EQ(outcome(row.json, read), row.expected) << row.json;
    }
}

struct IntegerReading {
    auto operator()(JsonValue value) const { return read_integer(value); }
    static std::string text(std::int64_t number) { return std::to_string(number); }
};

TEST(ReadInteger, takes_whole_numbers_within_64_bits) {
    for (const Case& row : std::vector<Case>{
             {"7", "7"},
             {"1.0", "1"},
             {"1e2", "100"},
             {"\"007\"", "7"},
             {"\"-3\"", "-3"},
             {"9223372036854775807", "9223372036854775807"},
             {"\"-9223372036854775808\"", "-9223372036854775808"},
             {"9223372036854775808", "refused"},
             {"1e400", "refused"},
             {"1.5", "refused"},
             {"\"1.5\"", "refused"},
             {"\"1,000\"", "refused"},
             {"\"x\"", "refused"},
             {"true", "refused"},
             {"null", "nothing"},
             {"\"\"", "nothing"},
         }) {
        EXPECT_EQ(outcome(row.json, IntegerReading{}), row.expected) << row.json;
    }
}

struct BooleanReading {
    auto operator()(JsonValue value) const { return read_boolean(value); }
    static std::string text(bool value) { return value ? "true" : "false"; }
};

TEST(ReadBoolean, takes_true_and_false_in_any_case) {
    for (const Case& row : std::vector<Case>{
             {"true", "true"},
             {"false", "false"},
             {"\"TRUE\"", "true"},
             {"\"False\"", "false"},
             {"\"\"", "nothing"},
             {"null", "nothing"},
             {"1", "refused"},
             {"\"yes\"", "refused"},
             {"\"1\"", "refused"},
             {"[]", "refused"},
         }) {
        EXPECT_EQ(outcome(row.json, BooleanReading{}), row.expected) << row.json;
    }
}

struct InstantReading {
    ReadOptions options;
    auto operator()(JsonValue value) const { return read_instant(value, options); }
    static std::string text(Instant instant) { return instant.text(); }
};

TEST(ReadInstant, offset_or_zone_is_needed) {
    InstantReading read;
    EXPECT_EQ(outcome("\"2026-03-01T09:30:00+01:00\"", read), "2026-03-01T08:30:00Z");
    EXPECT_EQ(outcome("\"2026-03-01 09:30:00\"", read), "refused");
    read.options.zone = *Zone::open("Europe/London");
    EXPECT_EQ(outcome("\"2010-12-01T08:26\"", read), "2010-12-01T08:26:00Z");
    EXPECT_EQ(outcome("\"2026-07-01 08:26:00\"", read), "2026-07-01T07:26:00Z");
    EXPECT_EQ(outcome("\"2026-02-30T00:00:00Z\"", read), "refused");
    EXPECT_EQ(outcome("\"soon\"", read), "refused");
    EXPECT_EQ(outcome("1767225600", read), "refused");
    EXPECT_EQ(outcome("null", read), "nothing");
    EXPECT_EQ(outcome("\"\"", read), "nothing");
}

TEST(ReadInstant, missing_zone_is_named) {
    JsonDocument document;
    const auto value = document.parse("\"2026-03-01 09:30:00\"");
    const auto read = read_instant(*value, ReadOptions{});
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().message,
              "\"9999-99-99 99:99:99\" is not a date-time with its offset, and the source names no "
              "zone");
    ASSERT_NE(read.error().cause, nullptr);
    EXPECT_EQ(read.error().cause->code, "time.no_zone");
}

TEST(ReadInstant, order_of_the_date_is_the_sources) {
    InstantReading read;
    read.options.zone = Zone::utc();
    read.options.date_order = ReadOptions::DateOrder::day_month_year;
    EXPECT_EQ(outcome("\"31/12/2025 08:26\"", read), "2025-12-31T08:26:00Z");
    EXPECT_EQ(outcome("\"1.2.2026\"", read), "2026-02-01T00:00:00Z");
    EXPECT_EQ(outcome("\"2026-02-01T10:00:00Z\"", read), "2026-02-01T10:00:00Z");
    EXPECT_EQ(outcome("\"12/31/2025 08:26\"", read), "refused");
    EXPECT_EQ(outcome("\"1/2-2026\"", read), "refused");
    EXPECT_EQ(outcome("\"1/2/26\"", read), "refused");
    read.options.date_order = ReadOptions::DateOrder::month_day_year;
    EXPECT_EQ(outcome("\"12/31/2025 08:26\"", read), "2025-12-31T08:26:00Z");
    EXPECT_EQ(outcome("\"31/12/2025 08:26\"", read), "refused");
}

struct UnixReading {
    std::int64_t unit_micros = 1'000'000;
    auto operator()(JsonValue value) const { return read_unix(value, unit_micros); }
    static std::string text(Instant instant) { return instant.text(); }
};

TEST(ReadUnix, counts_the_unit_and_stays_within_the_calendar) {
    EXPECT_EQ(outcome("1767225600", UnixReading{}), "2026-01-01T00:00:00Z");
    EXPECT_EQ(outcome("\"1767225600\"", UnixReading{}), "2026-01-01T00:00:00Z");
    EXPECT_EQ(outcome("1767225600123", UnixReading{1'000}), "2026-01-01T00:00:00.123000Z");
    EXPECT_EQ(outcome("253402300799", UnixReading{}), "9999-12-31T23:59:59Z");
    EXPECT_EQ(outcome("253402300800", UnixReading{}), "refused");
    EXPECT_EQ(outcome("-62135596801", UnixReading{}), "refused");
    EXPECT_EQ(outcome("9223372036854775807", UnixReading{}), "refused");
    EXPECT_EQ(outcome("1.5", UnixReading{}), "refused");
    EXPECT_EQ(outcome("\"2026-01-01\"", UnixReading{}), "refused");
    EXPECT_EQ(outcome("null", UnixReading{}), "nothing");
}

struct DateReading {
    ReadOptions options;
    auto operator()(JsonValue value) const { return read_date(value, options); }
    static std::string text(BusinessDate date) { return date.text(); }
};

TEST(ReadDate, takes_calendar_dates_alone) {
    DateReading read;
    EXPECT_EQ(outcome("\"2026-03-01\"", read), "2026-03-01");
    EXPECT_EQ(outcome("\"2026/3/1\"", read), "2026-03-01");
    EXPECT_EQ(outcome("\"2026-3-1\"", read), "2026-03-01");
    EXPECT_EQ(outcome("\"2024-02-29\"", read), "2024-02-29");
    EXPECT_EQ(outcome("\"2026-02-29\"", read), "refused");
    EXPECT_EQ(outcome("\"2026-03-01T00:00:00Z\"", read), "refused");
    EXPECT_EQ(outcome("\"01.03.2026\"", read), "refused");
    EXPECT_EQ(outcome("20260301", read), "refused");
    EXPECT_EQ(outcome("\"\"", read), "nothing");
    read.options.date_order = ReadOptions::DateOrder::day_month_year;
    EXPECT_EQ(outcome("\"01.03.2026\"", read), "2026-03-01");
    EXPECT_EQ(outcome("\"29/02/2026\"", read), "refused");
}

}  // namespace
}  // namespace meshline
