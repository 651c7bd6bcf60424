// Goal: a day out of line is found, a season is not, and what is judged is never its own measure.
// Method: hand-made series of days.
#include "stages/validate/volume.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

/// Days from a Monday on.
std::vector<DayValue> series(int count, std::int64_t (*value)(int)) {
    std::vector<DayValue> days;
    const BusinessDate monday = *BusinessDate::parse("2026-01-05");
    for (int index = 0; index < count; ++index) {
        days.push_back({{monday.days + index}, value(index)});
    }
    return days;
}

std::int64_t steady(int index) {
    return 100 + index % 3;
}
std::int64_t weekly(int index) {
    return index % 7 >= 5 ? 200 + index % 3 : 100 + index % 2;
}

TEST(Volume, a_steady_series_has_no_anomaly) {
    EXPECT_TRUE(find_volume_anomalies(series(60, steady), {}).empty());
}

TEST(Volume, a_missing_day_is_found_and_only_that_day) {
    auto days = series(60, steady);
    days[40].value = 0;
    const auto anomalies = find_volume_anomalies(days, {});
    ASSERT_EQ(anomalies.size(), 1U);
    EXPECT_EQ(anomalies[0].observed.day, days[40].day);
    EXPECT_TRUE((anomalies[0].expected == 101));
}

TEST(Volume, weekends_are_a_season_and_a_weekday_at_weekend_level_is_not) {
    auto days = series(60, weekly);
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
    days[44].value = 200;
    const auto anomalies = find_volume_anomalies(days, {});
    ASSERT_EQ(anomalies.size(), 1U);
    EXPECT_EQ(anomalies[0].observed.day, days[44].day);
}

TEST(Volume, month_ends_are_a_season) {
    auto days = series(120, steady);
    for (DayValue& day : days) {
        if (day.day.is_month_end()) day.value = 130;
    }
    VolumeOptions options;
    options.window_days = 100;
    options.threshold_milli = 2500;
    const auto anomalies = find_volume_anomalies(days, options);
    // The first two are news; from the third on they are expected.
    for (const VolumeAnomaly& anomaly : anomalies)
        EXPECT_LT(anomaly.observed.day.text(), "2026-03-01");
}

TEST(Volume, an_anomaly_does_not_teach_the_baseline) {
    auto days = series(60, steady);
    for (int index = 30; index < 44; ++index)
        days[static_cast<std::size_t>(index)].value = 5;
    EXPECT_EQ(find_volume_anomalies(days, {}).size(), 14U);
}

TEST(Volume, the_window_holds_as_many_days_as_it_says) {
    auto days = series(15, steady);
    days[14].value = 0;
    VolumeOptions options;
    options.window_days = options.history_days_min = 14;
    EXPECT_EQ(find_volume_anomalies(days, options).size(), 1U);
}

TEST(Volume, too_little_history_judges_nothing) {
    auto days = series(14, steady);
    days[13].value = 0;
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
}

TEST(Volume, the_threshold_is_the_edge) {
    // Median 100, deviation floored at 5: reach = 5 * 4 / 0.6745 = 29.
    auto days = series(30, [](int) -> std::int64_t { return 100; });
    days[29].value = 129;
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
    days[29].value = 130;
    EXPECT_EQ(find_volume_anomalies(days, {}).size(), 1U);
}

TEST(Volume, a_weekday_without_trade_is_no_anomaly_and_says_nothing_of_others) {
    auto days =
        series(100, [](int index) -> std::int64_t { return index % 7 == 5 ? 0 : 60 + index % 5; });
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
    days[50].value = 0;  // a Tuesday
    const auto anomalies = find_volume_anomalies(days, {});
    ASSERT_EQ(anomalies.size(), 1U);
    EXPECT_EQ(anomalies[0].observed.day, days[50].day);
}

TEST(Volume, trade_on_a_day_usually_closed_is_fine_within_the_ordinary) {
    auto days = series(100, [](int index) -> std::int64_t { return index % 7 == 5 ? 0 : 60; });
    days[54].value = 20;  // a Saturday
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
    days[54].value = 600;
    EXPECT_EQ(find_volume_anomalies(days, {}).size(), 1U);
}

TEST(Volume, a_silence_is_anomalous_however_long_it_lasts) {
    auto days = series(400, steady);
    for (int index = 60; index < 300; ++index)
        days[static_cast<std::size_t>(index)].value = 0;
    const auto anomalies = find_volume_anomalies(days, {});
    ASSERT_EQ(anomalies.size(), 240U);
    EXPECT_EQ(anomalies.front().observed.day, days[60].day);
    EXPECT_EQ(anomalies.back().observed.day, days[299].day);
    EXPECT_TRUE((anomalies.back().expected == 101));
}

TEST(Volume, days_usually_closed_are_no_part_of_a_silence) {
    auto days = series(120, [](int index) -> std::int64_t { return index % 7 == 5 ? 0 : 60; });
    for (int index = 61; index < 110; ++index)
        days[static_cast<std::size_t>(index)].value = 0;
    for (const VolumeAnomaly& anomaly : find_volume_anomalies(days, {}))
        EXPECT_NE(anomaly.observed.day.weekday(), 5);
    EXPECT_EQ(find_volume_anomalies(days, {}).size(), 42U);
}

// Three orders a week of a shop that sells in amounts: a sale is no alarm.
TEST(Volume, most_days_empty_makes_the_others_no_anomaly) {
    const auto days = series(100, [](int index) -> std::int64_t {
        return index % 7 == index / 7 % 3 || index % 7 == 3 ? 20'000'000 : 0;
    });
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
}

TEST(Volume, sums_beyond_64_bits_are_judged_as_any_others) {
    // 10^18 units of money in millionths, a million times the largest amount.
    const __int128 unit = static_cast<__int128>(1'000'000'000'000'000'000) * 1'000'000;
    auto days = series(60, steady);
    for (DayValue& day : days)
        day.value *= unit;
    EXPECT_TRUE(find_volume_anomalies(days, {}).empty());
    days[40].value = 0;
    const auto anomalies = find_volume_anomalies(days, {});
    ASSERT_EQ(anomalies.size(), 1U);
    EXPECT_EQ(anomalies[0].observed.day, days[40].day);
    EXPECT_TRUE((anomalies[0].expected == 101 * unit));
    EXPECT_TRUE((anomalies[0].low > 0));
    // A level that is a trifle beside it does not wrap either.
    days[41].value = 1;
    days[42].value = -unit * 100;
    EXPECT_EQ(find_volume_anomalies(days, {}).size(), 3U);
}

}  // namespace
}  // namespace meshline
