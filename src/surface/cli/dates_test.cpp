// Goal: options name a day, a week, a month, a quarter or a year, and nothing else. Method: tables.
#include "surface/cli/dates.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(Dates, spans_have_a_first_and_a_last_day) {
    struct Case {
        const char* text;
        const char* from;
        const char* to;
    };
    const Case cases[] = {
        {"2026-03-01", "2026-03-01", "2026-03-01"}, {"2026-02", "2026-02-01", "2026-02-28"},
        {"2024-02", "2024-02-01", "2024-02-29"},    {"2026-12", "2026-12-01", "2026-12-31"},
        {"2026-Q1", "2026-01-01", "2026-03-31"},    {"2026-q4", "2026-10-01", "2026-12-31"},
        {"2026Q2", "2026-04-01", "2026-06-30"},     {"2026", "2026-01-01", "2026-12-31"},
        {"2026-W10", "2026-03-02", "2026-03-08"},   {"2026-W01", "2025-12-29", "2026-01-04"},
        {"2020-W53", "2020-12-28", "2021-01-03"},   {"2026w09", "2026-02-23", "2026-03-01"},
        {"9999-W51", "9999-12-20", "9999-12-26"},
    };
    for (const Case& one : cases) {
        const auto first = optional_first_day(one.text);
        const auto last = optional_last_day(one.text);
        ASSERT_TRUE(first.ok() && last.ok()) << one.text;
        EXPECT_EQ((*first)->text(), one.from) << one.text;
        EXPECT_EQ((*last)->text(), one.to) << one.text;
    }
    EXPECT_FALSE(optional_first_day("")->has_value());
}

TEST(Dates, a_period_is_written_as_reports_write_it) {
    for (const char* text : {"2026-03-01", "2026-W10", "2026-03", "2026-Q1", "2026"}) {
        const auto period = parse_period(text);
        ASSERT_TRUE(period.ok()) << text;
        EXPECT_EQ(period_text(period->grain, period->from), text);
    }
}

TEST(Dates, other_texts_are_refused) {
    for (const char* text :
         {"2026-02-30", "2026-13", "2026-Q5", "2026-Q0", "2026-Q", "26", "20x6", "March",
          "2026-Q12", "2026-03-1", "-2026", "2025-W53", "2026-W0", "2026-W1", "9999-W52",
          "9999-W99", "2026-W", "2026-W2147483647", "all"}) {
        const auto first = optional_first_day(text);
        ASSERT_FALSE(first.ok()) << text;
        EXPECT_EQ(first.error().code, "time.bad_period") << text;
    }
}

}  // namespace
}  // namespace meshline
