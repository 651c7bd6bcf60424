// Goal: every instant belongs to the business date that the client's wall clock and cut-off say.
// Method: named clock changes of real zones, and random instants against cctz's own lookup, which
// knows nothing of the remembered spans.
#include "base/time/zone.hpp"

#include <algorithm>
#include <cctz/time_zone.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <thread>
#include <vector>

namespace meshline {
namespace {

BusinessCalendar calendar(std::string_view zone, int cutoff_hour = 0) {
    return {Zone::open(zone).value(), cutoff_hour};
}

Instant instant(std::string_view text) {
    return parse_instant(text, std::nullopt).value();
}

std::string day(const BusinessCalendar& of, std::string_view text) {
    return of.business_on(instant(text)).text();
}

std::string start(const BusinessCalendar& of, std::string_view date) {
    return of.start_of(BusinessDate::parse(date).value()).text();
}

TEST(BusinessCalendar, days_change_at_local_midnight) {
    const BusinessCalendar berlin = calendar("Europe/Berlin");
    EXPECT_EQ(day(berlin, "2026-03-01T22:59:59.999999Z"), "2026-03-01");
    EXPECT_EQ(day(berlin, "2026-03-01T23:00:00Z"), "2026-03-02");
    EXPECT_EQ(day(berlin, "2026-07-01T21:59:59.999999Z"), "2026-07-01");
    EXPECT_EQ(day(berlin, "2026-07-01T22:00:00Z"), "2026-07-02");
    EXPECT_EQ(day(calendar("UTC"), "1969-12-31T23:59:59.999999Z"), "1969-12-31");
    EXPECT_EQ(day(calendar("Asia/Kathmandu"), "2026-03-01T18:15:00Z"), "2026-03-02");
    EXPECT_EQ(day(calendar("Asia/Kathmandu"), "2026-03-01T18:14:59Z"), "2026-03-01");
}

TEST(BusinessCalendar, hours_before_the_cut_off_belong_to_the_day_before) {
    const BusinessCalendar late = calendar("Europe/Berlin", 4);
    EXPECT_EQ(day(late, "2026-03-02T02:59:59.999999Z"), "2026-03-01");
    EXPECT_EQ(day(late, "2026-03-02T03:00:00Z"), "2026-03-02");
    EXPECT_EQ(start(late, "2026-03-02"), "2026-03-02T03:00:00Z");
    const BusinessCalendar last_hour = calendar("UTC", 23);
    EXPECT_EQ(day(last_hour, "2026-03-02T22:59:59Z"), "2026-03-01");
    EXPECT_EQ(day(last_hour, "2026-03-02T23:00:00Z"), "2026-03-02");
}

TEST(BusinessCalendar, days_stay_within_the_years_1_to_9999) {
    const BusinessCalendar west = calendar("America/New_York", 23);
    const BusinessCalendar east = calendar("Asia/Tokyo");
    EXPECT_EQ(west.business_on(instant_min).text(), "0001-01-01");
    EXPECT_EQ(west.existing_business_on(instant_min), std::nullopt);
    EXPECT_EQ(east.business_on(instant_max).text(), "9999-12-31");
    EXPECT_EQ(east.existing_business_on(instant_max), std::nullopt);
    EXPECT_EQ(east.existing_business_on(instant_min), date_min);
    EXPECT_EQ(west.existing_business_on(instant_max)->text(), "9999-12-30");
    EXPECT_EQ(start(east, "0001-01-01"), "0001-01-01T00:00:00Z");
    EXPECT_EQ(start(west, "9999-12-31"), "9999-12-31T23:59:59.999999Z");
    EXPECT_EQ(date_min.text(), "0001-01-01");
    EXPECT_EQ(date_max.text(), "9999-12-31");
}

TEST(BusinessCalendar, the_cut_off_is_wall_time_on_days_with_a_clock_change) {
    const BusinessCalendar late = calendar("Europe/Berlin", 4);
    EXPECT_EQ(start(late, "2026-03-29"), "2026-03-29T02:00:00Z");
    EXPECT_EQ(day(late, "2026-03-29T01:59:59Z"), "2026-03-28");
    EXPECT_EQ(start(late, "2026-10-25"), "2026-10-25T03:00:00Z");
    EXPECT_EQ(day(late, "2026-10-25T02:59:59Z"), "2026-10-24");
}

TEST(BusinessCalendar, a_cut_off_in_the_gap_is_the_end_of_the_gap) {
    const BusinessCalendar berlin = calendar("Europe/Berlin", 2);
    EXPECT_EQ(start(berlin, "2026-03-29"), "2026-03-29T01:00:00Z");
    EXPECT_EQ(day(berlin, "2026-03-29T00:59:59Z"), "2026-03-28");
    EXPECT_EQ(day(berlin, "2026-03-29T01:00:00Z"), "2026-03-29");
    // Clocks in Sao Paulo went from midnight to one o'clock.
    EXPECT_EQ(start(calendar("America/Sao_Paulo"), "2018-11-04"), "2018-11-04T03:00:00Z");
}

TEST(BusinessCalendar, a_cut_off_that_happens_twice_is_the_earlier) {
    const BusinessCalendar berlin = calendar("Europe/Berlin", 2);
    EXPECT_EQ(start(berlin, "2026-10-25"), "2026-10-25T00:00:00Z");
    EXPECT_EQ(day(berlin, "2026-10-24T23:59:59Z"), "2026-10-24");
    EXPECT_EQ(day(berlin, "2026-10-25T00:00:00Z"), "2026-10-25");
    EXPECT_EQ(day(berlin, "2026-10-25T01:30:00Z"), "2026-10-25");
}

TEST(BusinessCalendar, a_day_that_a_country_skipped_is_empty) {
    // Samoa went from 29 to 31 December 2011.
    const BusinessCalendar apia = calendar("Pacific/Apia");
    EXPECT_EQ(day(apia, "2011-12-30T09:59:59Z"), "2011-12-29");
    EXPECT_EQ(day(apia, "2011-12-30T10:00:00Z"), "2011-12-31");
    EXPECT_EQ(start(apia, "2011-12-30"), start(apia, "2011-12-31"));
}

TEST(BusinessCalendar, leap_days_are_days) {
    const BusinessCalendar utc = calendar("UTC");
    EXPECT_EQ(day(utc, "2024-02-29T12:00:00Z"), "2024-02-29");
    EXPECT_EQ(start(utc, "2024-02-29"), "2024-02-29T00:00:00Z");
    EXPECT_EQ(day(utc, "2024-03-01T00:00:00Z"), "2024-03-01");
}

TEST(BusinessCalendar, says_what_cctz_says_in_any_order_of_zones_and_times) {
    const std::vector<std::string> names = {
        "Europe/Berlin",    "America/New_York",  "Australia/Lord_Howe",
        "Asia/Kathmandu",   "America/St_Johns",  "Africa/Casablanca",
        "Pacific/Apia",     "America/Sao_Paulo", "UTC",
        "Antarctica/Troll", "Asia/Tehran",       "Pacific/Kiritimati"};
    EXPECT_TRUE(rc::check([&] {
        for (int round = 0; round < 200; ++round) {
            const std::string name = *rc::gen::elementOf(names);
            const int cutoff_hour = *rc::gen::inRange(0, 24);
            // From year 1 to the end of the rules.
            const std::int64_t second =
                *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(946'684'800, 2'000'000'000),
                                rc::gen::inRange<std::int64_t>(-62'135'596'800, zone_rules_end));
            cctz::time_zone rules;
            RC_ASSERT(cctz::load_time_zone(name, &rules));
            const auto shown =
                cctz::convert(cctz::time_point<cctz::seconds>(cctz::seconds(second)), rules);
            const cctz::civil_day expected(shown - std::int64_t{cutoff_hour} * 3600);
            const BusinessDate date =
                calendar(name, cutoff_hour).business_on({second * 1'000'000 + 999'999});
            const auto days = expected - cctz::civil_day();
            RC_ASSERT(date.days == std::max<std::int64_t>(days, date_min.days));
        }
    }));
}

TEST(BusinessCalendar, each_second_around_a_change_is_right_whichever_came_before) {
    const BusinessCalendar berlin = calendar("Europe/Berlin", 2);
    const Instant change = instant("2026-03-29T01:00:00Z");
    for (const std::int64_t warm : {-1'000'000, 0, 1'000'000}) {
        for (const std::int64_t step : {-1'000'000, -1, 0, 1, 1'000'000}) {
            berlin.business_on({change.micros + warm});
            const std::string expected = step < 0 ? "2026-03-28" : "2026-03-29";
            EXPECT_EQ(berlin.business_on({change.micros + step}).text(), expected) << step;
        }
    }
}

TEST(BusinessCalendar, threads_share_a_calendar) {
    const BusinessCalendar berlin = calendar("Europe/Berlin");
    std::vector<std::int64_t> sums(4);
    std::vector<std::thread> threads;
    for (std::int64_t& sum : sums) {
        threads.emplace_back([&] {
            for (std::int64_t hour = 0; hour < 100'000; ++hour) {
                sum += berlin.business_on({hour * 3'600'000'000}).days;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const std::int64_t sum : sums)
        EXPECT_EQ(sum, sums[0]);
}

TEST(BusinessCalendarDeathTest, a_cut_off_beyond_the_day_is_a_broken_promise) {
    EXPECT_DEATH(calendar("UTC", 24), "broken promise");
    EXPECT_DEATH(calendar("UTC", -1), "broken promise");
}

}  // namespace
}  // namespace meshline
