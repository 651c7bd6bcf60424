// Goal: instants and dates have one text, and only dates that exist are dates.
// Method: tables of edges (leap days, century years, before the epoch), and every day of the range.
#include "base/time/instant.hpp"

#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

TEST(Instant, text_is_rfc_3339_in_utc) {
    EXPECT_EQ(Instant{0}.text(), "1970-01-01T00:00:00Z");
    EXPECT_EQ(Instant{1'772'357'400'000'000}.text(), "2026-03-01T09:30:00Z");
    EXPECT_EQ(Instant{1'772'357'400'000'001}.text(), "2026-03-01T09:30:00.000001Z");
    EXPECT_EQ(Instant{-62'198'755'200'000'000}.text(), "-0001-01-01T00:00:00Z");
    EXPECT_EQ(Instant{-1}.text(), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(Instant{-1'000'000}.text(), "1969-12-31T23:59:59Z");
    EXPECT_EQ(Instant{253'402'300'799'999'999}.text(), "9999-12-31T23:59:59.999999Z");
}

TEST(BusinessDate, every_day_of_the_range_reads_back) {
    const BusinessDate first = BusinessDate::from_civil(1, 1, 1).value();
    const BusinessDate last = BusinessDate::from_civil(9999, 12, 31).value();
    EXPECT_EQ(last.days - first.days + 1, 3'652'059);
    for (BusinessDate date = first; date <= last; ++date.days) {
        const Result<BusinessDate> again =
            BusinessDate::from_civil(date.year(), date.month(), date.day());
        ASSERT_TRUE(again.ok() && *again == date) << date.days;
    }
}

TEST(BusinessDate, text_reads_back) {
    for (const char* text : {"0001-01-01", "1582-10-10", "1969-12-31", "1970-01-01", "2000-02-29",
                             "2024-02-29", "2026-03-01", "9999-12-31"}) {
        const Result<BusinessDate> date = BusinessDate::parse(text);
        ASSERT_TRUE(date.ok()) << text;
        EXPECT_EQ(date->text(), text);
        EXPECT_EQ(date->month_text(), std::string(text).substr(0, 7));
    }
}

TEST(BusinessDate, refuses_days_that_do_not_exist) {
    for (const char* text :
         {"2026-02-30", "2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-13-01",
          "2026-00-01", "2026-01-00", "2026-01-32", "0000-01-01"}) {
        EXPECT_EQ(BusinessDate::parse(text).error().code, "time.bad_date") << text;
    }
    EXPECT_EQ(BusinessDate::from_civil(10'000, 1, 1).error().code, "time.bad_date");
    EXPECT_EQ(BusinessDate::from_civil(0, 12, 31).error().code, "time.bad_date");
}

TEST(BusinessDate, refuses_other_ways_of_writing) {
    for (const char* text :
         {"", "2026-3-1", "2026/03/01", "01-03-2026", "2026-03-01 ", " 2026-03-01", "20260301",
          "2026-03-01T00:00", "+026-03-01", "2026-0x-01"}) {
        EXPECT_EQ(BusinessDate::parse(text).error().code, "time.bad_date") << text;
    }
}

TEST(BusinessDate, knows_its_weekday_and_month_end) {
    const auto date = [](std::string_view text) { return BusinessDate::parse(text).value(); };
    EXPECT_EQ(date("1970-01-01").weekday(), 3);
    EXPECT_EQ(date("2026-03-02").weekday(), 0);
    EXPECT_EQ(date("2026-03-01").weekday(), 6);
    EXPECT_EQ(date("1969-12-28").weekday(), 6);
    EXPECT_TRUE(date("2024-02-29").is_month_end());
    EXPECT_FALSE(date("2024-02-28").is_month_end());
    EXPECT_TRUE(date("2026-02-28").is_month_end());
    EXPECT_TRUE(date("9999-12-31").is_month_end());
}

}  // namespace
}  // namespace meshline
