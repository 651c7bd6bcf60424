#include "stages/validate/volume.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace meshline {
namespace {

using Wide = __int128;

/// A weekday's own level is trusted from this many days of it on.
constexpr std::size_t weekday_days_min = 2;
constexpr std::size_t month_ends_min = 2;
constexpr std::int64_t mad_floor_divisor = 20;

/// A day in the unit that its series is judged in.
struct CoarseDay {
    BusinessDate day;
    std::int64_t value = 0;
};

std::int64_t median(std::vector<std::int64_t> values) {
    const std::size_t middle = values.size() / 2;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle),
                     values.end());
    const std::int64_t upper = values[middle];
    if (values.size() % 2 == 1) return upper;
    const std::int64_t lower =
        *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle));
    return lower + (upper - lower) / 2;
}

/// No level or deviation is told apart beyond it, so that differences of two fit 64 bits.
constexpr Wide level_max = Wide{1} << 61;

std::int64_t scaled(std::int64_t value, std::int64_t to, std::int64_t from) {
    const Wide exact = static_cast<Wide>(value) * to / from;
    return static_cast<std::int64_t>(std::clamp(exact, -level_max, level_max));
}

/// The median of the values that `is_chosen` names; nothing when there are fewer than `count_min`.
template <class Chosen>
std::optional<std::int64_t> level(const std::vector<CoarseDay>& days, std::size_t count_min,
                                  Chosen is_chosen) {
    std::vector<std::int64_t> values;
    for (const CoarseDay& day : days) {
        if (is_chosen(day.day)) values.push_back(day.value);
    }
    if (values.size() < count_min) return std::nullopt;
    return median(std::move(values));
}

/// Nothing for a weekday that is not known yet.
using WeekdayLevels = std::array<std::optional<std::int64_t>, 7>;

WeekdayLevels weekday_levels(const std::vector<CoarseDay>& past) {
    WeekdayLevels levels;
    for (int weekday = 0; weekday < 7; ++weekday) {
        levels[static_cast<std::size_t>(weekday)] = level(
            past, weekday_days_min, [&](BusinessDate day) { return day.weekday() == weekday; });
    }
    return levels;
}

/// A weekday that usually has nothing: the shop is closed then.
bool is_usually_empty(const WeekdayLevels& levels, BusinessDate day) {
    return levels[static_cast<std::size_t>(day.weekday())] == 0;
}

/// Brings the window to the level of the day that is judged, by the seasons of `past`.
std::vector<std::int64_t> seasoned(std::vector<CoarseDay> window,
                                   const std::vector<CoarseDay>& past, const WeekdayLevels& levels,
                                   BusinessDate judged) {
    const std::int64_t judged_level =
        levels[static_cast<std::size_t>(judged.weekday())].value_or(0);
    for (CoarseDay& day : window) {
        const std::int64_t own = levels[static_cast<std::size_t>(day.day.weekday())].value_or(0);
        if (own > 0 && judged_level > 0) day.value = scaled(day.value, judged_level, own);
    }
    const auto ends =
        level(past, month_ends_min, [](BusinessDate day) { return day.is_month_end(); });
    const auto others = level(past, 1, [](BusinessDate day) { return !day.is_month_end(); });
    if (ends.value_or(0) > 0 && others.value_or(0) > 0) {
        const std::int64_t wanted = judged.is_month_end() ? *ends : *others;
        for (CoarseDay& day : window) {
            day.value = scaled(day.value, wanted, day.day.is_month_end() ? *ends : *others);
        }
    }
    std::vector<std::int64_t> values;
    for (const CoarseDay& day : window)
        values.push_back(day.value);
    return values;
}

std::vector<CoarseDay> since(const std::vector<CoarseDay>& days, BusinessDate judged,
                             int window_days) {
    std::vector<CoarseDay> recent;
    for (const CoarseDay& day : days) {
        if (day.day.days >= judged.days - window_days) recent.push_back(day);
    }
    return recent;
}

/// How far values usually are from `expected`. Where most days are empty, the median says nothing
/// of the others and the mean stands in for it (Iglewicz and Hoaglin, 1993).
std::int64_t usual_deviation(const std::vector<std::int64_t>& values, std::int64_t expected) {
    std::vector<std::int64_t> deviations;
    Wide sum = 0;
    for (const std::int64_t value : values) {
        deviations.push_back(std::abs(value - expected));
        sum += deviations.back();
    }
    const auto mean = static_cast<std::int64_t>(sum / static_cast<Wide>(deviations.size()));
    return std::max({median(std::move(deviations)), expected == 0 ? mean : 0,
                     std::abs(expected) / mad_floor_divisor, std::int64_t{1}});
}

/// What is expected of a day, in the unit of its series.
struct Expectation {
    std::int64_t value = 0;
    Wide low = 0;
    Wide high = 0;
};

/// What the window leads one to expect of the day. Days on which the shop is usually closed tell
/// nothing of others; of themselves they tell that nothing is fine.
Expectation expectation_of(BusinessDate day, std::vector<CoarseDay> window,
                           const std::vector<CoarseDay>& past, const WeekdayLevels& levels,
                           const VolumeOptions& options) {
    std::vector<CoarseDay> open_days = window;
    std::erase_if(open_days,
                  [&](const CoarseDay& one) { return is_usually_empty(levels, one.day); });
    if (!open_days.empty()) window = std::move(open_days);
    const std::vector<std::int64_t> values = seasoned(std::move(window), past, levels, day);
    const std::int64_t expected = median(values);
    // |x - median| * 0.6745 / MAD > threshold, without dividing. Farther than any two levels are
    // apart, it says no more.
    const Wide reach = std::min(
        static_cast<Wide>(usual_deviation(values, expected)) * options.threshold_milli * 10 / 6745,
        4 * level_max);
    if (!is_usually_empty(levels, day)) return {expected, expected - reach, expected + reach};
    return {0, std::min<Wide>(expected - reach, 0), expected + reach};
}

/// The smallest power of ten in which no value of the series is beyond `level_max`.
Wide unit_of(const std::vector<DayValue>& days) {
    Wide unit = 1;
    for (const DayValue& day : days) {
        while (day.value / unit > level_max || day.value / unit < -level_max)
            unit *= 10;
    }
    return unit;
}

/// A run of days without anything, by what was known when it began.
struct Silence {
    VolumeAnomaly first;
    WeekdayLevels levels;
};

}  // namespace

std::vector<VolumeAnomaly> find_volume_anomalies(const std::vector<DayValue>& days,
                                                 const VolumeOptions& options) {
    std::vector<VolumeAnomaly> anomalies;
    std::vector<CoarseDay> normal;
    std::vector<CoarseDay> judged;
    std::optional<Silence> silence;
    const Wide unit = unit_of(days);
    for (const DayValue& observed : days) {
        const CoarseDay day{observed.day, static_cast<std::int64_t>(observed.value / unit)};
        if (silence && observed.value == 0) {
            if (is_usually_empty(silence->levels, day.day)) continue;
            anomalies.push_back(silence->first);
            anomalies.back().observed.day = day.day;
            continue;
        }
        silence.reset();
        const std::vector<CoarseDay> past = since(judged, day.day, options.window_days);
        const std::vector<CoarseDay> window = since(normal, day.day, options.window_days);
        judged.push_back(day);
        if (window.size() < static_cast<std::size_t>(options.history_days_min)) {
            normal.push_back(day);
            continue;
        }
        const WeekdayLevels levels = weekday_levels(past);
        const Expectation expected = expectation_of(day.day, window, past, levels, options);
        if (day.value >= expected.low && day.value <= expected.high) {
            normal.push_back(day);
            continue;
        }
        anomalies.push_back(
            {observed, expected.value * unit, expected.low * unit, expected.high * unit});
        if (observed.value == 0) silence = Silence{anomalies.back(), levels};
    }
    return anomalies;
}

}  // namespace meshline
