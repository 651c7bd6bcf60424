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

std::int64_t scaled(std::int64_t value, std::int64_t to, std::int64_t from) {
    return static_cast<std::int64_t>(static_cast<Wide>(value) * to / from);
}

/// The median of the values that `is_chosen` names; nothing when there are fewer than `count_min`.
template <class Chosen>
std::optional<std::int64_t> level(const std::vector<DayValue>& days, std::size_t count_min,
                                  Chosen is_chosen) {
    std::vector<std::int64_t> values;
    for (const DayValue& day : days) {
        if (is_chosen(day.day)) values.push_back(day.value);
    }
    if (values.size() < count_min) return std::nullopt;
    return median(std::move(values));
}

/// Nothing for a weekday that is not known yet.
using WeekdayLevels = std::array<std::optional<std::int64_t>, 7>;

WeekdayLevels weekday_levels(const std::vector<DayValue>& past) {
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
std::vector<std::int64_t> seasoned(std::vector<DayValue> window, const std::vector<DayValue>& past,
                                   const WeekdayLevels& levels, BusinessDate judged) {
    const std::int64_t judged_level =
        levels[static_cast<std::size_t>(judged.weekday())].value_or(0);
    for (DayValue& day : window) {
        const std::int64_t own = levels[static_cast<std::size_t>(day.day.weekday())].value_or(0);
        if (own > 0 && judged_level > 0) day.value = scaled(day.value, judged_level, own);
    }
    const auto ends =
        level(past, month_ends_min, [](BusinessDate day) { return day.is_month_end(); });
    const auto others = level(past, 1, [](BusinessDate day) { return !day.is_month_end(); });
    if (ends.value_or(0) > 0 && others.value_or(0) > 0) {
        const std::int64_t wanted = judged.is_month_end() ? *ends : *others;
        for (DayValue& day : window) {
            day.value = scaled(day.value, wanted, day.day.is_month_end() ? *ends : *others);
        }
    }
    std::vector<std::int64_t> values;
    for (const DayValue& day : window)
        values.push_back(day.value);
    return values;
}

std::vector<DayValue> since(const std::vector<DayValue>& days, BusinessDate judged,
                            int window_days) {
    std::vector<DayValue> recent;
    for (const DayValue& day : days) {
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

/// What the window leads one to expect of the day. Days on which the shop is usually closed tell
/// nothing of others; of themselves they tell that nothing is fine.
VolumeAnomaly expectation_of(const DayValue& day, std::vector<DayValue> window,
                             const std::vector<DayValue>& past, const WeekdayLevels& levels,
                             const VolumeOptions& options) {
    const bool is_empty_fine = is_usually_empty(levels, day.day);
    std::vector<DayValue> open_days = window;
    std::erase_if(open_days,
                  [&](const DayValue& one) { return is_usually_empty(levels, one.day); });
    if (!open_days.empty()) window = std::move(open_days);
    const std::vector<std::int64_t> values = seasoned(std::move(window), past, levels, day.day);
    const std::int64_t expected = median(values);
    // |x - median| * 0.6745 / MAD > threshold, without dividing.
    const auto reach = static_cast<std::int64_t>(
        static_cast<Wide>(usual_deviation(values, expected)) * options.threshold_milli * 10 / 6745);
    const std::int64_t low = expected - reach;
    return {day, is_empty_fine ? 0 : expected, is_empty_fine ? std::min<std::int64_t>(low, 0) : low,
            expected + reach};
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
    std::vector<DayValue> normal;
    std::vector<DayValue> judged;
    std::optional<Silence> silence;
    for (const DayValue& day : days) {
        if (silence && day.value == 0) {
            if (is_usually_empty(silence->levels, day.day)) continue;
            anomalies.push_back(silence->first);
            anomalies.back().observed.day = day.day;
            continue;
        }
        silence.reset();
        const std::vector<DayValue> past = since(judged, day.day, options.window_days);
        const std::vector<DayValue> window = since(normal, day.day, options.window_days);
        judged.push_back(day);
        if (window.size() < static_cast<std::size_t>(options.history_days_min)) {
            normal.push_back(day);
            continue;
        }
        const WeekdayLevels levels = weekday_levels(past);
        const VolumeAnomaly expectation = expectation_of(day, window, past, levels, options);
        if (day.value >= expectation.low && day.value <= expectation.high) {
            normal.push_back(day);
            continue;
        }
        anomalies.push_back(expectation);
        if (day.value == 0) silence = Silence{expectation, levels};
    }
    return anomalies;
}

}  // namespace meshline
