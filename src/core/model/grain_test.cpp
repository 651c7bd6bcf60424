// Goal: periods begin, end and are named as the calendar has it.
// Method: a table with the edges of years, ISO weeks and leap days; every day lies in its period.
#include "core/model/grain.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

struct Row {
    Grain grain;
    const char* day;
    const char* start;
    const char* end;
    const char* text;
};

constexpr Row rows[] = {
    {Grain::day, "2026-03-01", "2026-03-01", "2026-03-01", "2026-03-01"},
    {Grain::week, "2026-03-01", "2026-02-23", "2026-03-01", "2026-W09"},
    // The years' edges of ISO 8601: 2021 begins in week 53 of 2020, 2024 ends in week 1 of 2025.
    {Grain::week, "2021-01-03", "2020-12-28", "2021-01-03", "2020-W53"},
    {Grain::week, "2024-12-30", "2024-12-30", "2025-01-05", "2025-W01"},
    {Grain::week, "2026-01-01", "2025-12-29", "2026-01-04", "2026-W01"},
    {Grain::month, "2024-02-29", "2024-02-01", "2024-02-29", "2024-02"},
    {Grain::month, "2026-12-31", "2026-12-01", "2026-12-31", "2026-12"},
    {Grain::quarter, "2026-05-17", "2026-04-01", "2026-06-30", "2026-Q2"},
    {Grain::quarter, "2026-12-31", "2026-10-01", "2026-12-31", "2026-Q4"},
    {Grain::year, "2024-07-01", "2024-01-01", "2024-12-31", "2024"},
    // The first week that there is is whole, the last ends with the calendar.
    {Grain::week, "0001-01-01", "0001-01-01", "0001-01-07", "0001-W01"},
    {Grain::week, "9999-12-31", "9999-12-27", "9999-12-31", "9999-W52"},
    {Grain::month, "9999-12-31", "9999-12-01", "9999-12-31", "9999-12"},
    {Grain::year, "9999-12-31", "9999-01-01", "9999-12-31", "9999"},
    {Grain::all, "2026-03-01", "1970-01-01", "9999-12-31", "all"},
};

TEST(Grain, periods_are_those_of_the_calendar) {
    for (const Row& row : rows) {
        const BusinessDate day = *BusinessDate::parse(row.day);
        const BusinessDate start = period_start(row.grain, day);
        EXPECT_EQ(start.text(), row.start) << row.day;
        EXPECT_EQ(period_end(row.grain, start).text(), row.end) << row.day;
        EXPECT_EQ(period_text(row.grain, start), row.text) << row.day;
    }
}

TEST(Grain, every_day_lies_in_one_period_of_each_length) {
    const BusinessDate last = *BusinessDate::parse("2033-01-10");
    for (BusinessDate day = *BusinessDate::parse("2019-12-20"); day < last; ++day.days) {
        for (const Grain grain : longer_grains) {
            const BusinessDate start = period_start(grain, day);
            const BusinessDate end = period_end(grain, start);
            EXPECT_TRUE(start <= day && day <= end) << day.text();
            EXPECT_EQ(period_start(grain, end), start) << day.text();
        }
    }
}

TEST(Grain, names_are_read_back) {
    for (const char* name : grain_names)
        EXPECT_EQ(name_of(*grain_of(name)), name);
    EXPECT_FALSE(grain_of("decade"));
}

}  // namespace
}  // namespace meshline
