#include "stages/validate/volume.hpp"

#include <algorithm>
#include <array>

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

/// The median of the values that `is_chosen` names; 0 when there are fewer than `count_min`.
template <class Chosen>
std::int64_t level(const std::vector<CoarseDay>& days, std::size_t count_min, Chosen is_chosen) {
    std::vector<std::int64_t> values;
    for (const CoarseDay& day : days) {
        if (is_chosen(day.day)) values.push_back(day.value);
    }
    return values.size() < count_min ? 0 : median(std::move(values));
}

/// Brings the window to the level of the day that is judged, by the seasons of `past`.
std::vector<std::int64_t> seasoned(std::vector<CoarseDay> window,
                                   const std::vector<CoarseDay>& past, BusinessDate judged) {
    std::array<std::int64_t, 7> weekday_levels{};
    for (int weekday = 0; weekday < 7; ++weekday) {
        weekday_levels[static_cast<std::size_t>(weekday)] = level(
            past, weekday_days_min, [&](BusinessDate day) { return day.weekday() == weekday; });
    }
    const std::int64_t judged_level = weekday_levels[static_cast<std::size_t>(judged.weekday())];
    for (CoarseDay& day : window) {
        const std::int64_t own = weekday_levels[static_cast<std::size_t>(day.day.weekday())];
        if (own > 0 && judged_level > 0) day.value = scaled(day.value, judged_level, own);
    }
    const std::int64_t ends =
        level(past, month_ends_min, [](BusinessDate day) { return day.is_month_end(); });
    const std::int64_t others =
        level(past, 1, [](BusinessDate day) { return !day.is_month_end(); });
    if (ends > 0 && others > 0) {
        const std::int64_t wanted = judged.is_month_end() ? ends : others;
        for (CoarseDay& day : window) {
            day.value = scaled(day.value, wanted, day.day.is_month_end() ? ends : others);
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

/// The smallest power of ten in which no value of the series is beyond `level_max`.
Wide unit_of(const std::vector<DayValue>& days) {
    Wide unit = 1;
    for (const DayValue& day : days) {
        while (day.value / unit > level_max || day.value / unit < -level_max)
            unit *= 10;
    }
    return unit;
}

}  // namespace

std::vector<VolumeAnomaly> find_volume_anomalies(const std::vector<DayValue>& days,
                                                 const VolumeOptions& options) {
    std::vector<VolumeAnomaly> anomalies;
    std::vector<CoarseDay> normal;
    std::vector<CoarseDay> judged;
    const Wide unit = unit_of(days);
    for (const DayValue& observed : days) {
        const CoarseDay day{observed.day, static_cast<std::int64_t>(observed.value / unit)};
        const std::vector<CoarseDay> window = since(normal, day.day, options.window_days);
        const std::vector<CoarseDay> past = since(judged, day.day, options.window_days);
        judged.push_back(day);
        if (window.size() < static_cast<std::size_t>(options.history_days_min)) {
            normal.push_back(day);
            continue;
        }
        const std::vector<std::int64_t> values = seasoned(window, past, day.day);
        const std::int64_t expected = median(values);
        std::vector<std::int64_t> deviations;
        for (const std::int64_t value : values)
            deviations.push_back(std::abs(value - expected));
        const std::int64_t deviation =
            std::max({median(std::move(deviations)), std::abs(expected) / mad_floor_divisor,
                      std::int64_t{1}});
        // |x - median| * 0.6745 / MAD > threshold, without dividing.
        // Farther than any two levels are apart, it says no more.
        const Wide reach = std::min(
            static_cast<Wide>(deviation) * options.threshold_milli * 10 / 6745, 4 * level_max);
        if (std::abs(day.value - expected) > reach) {
            anomalies.push_back(
                {observed, expected * unit, (expected - reach) * unit, (expected + reach) * unit});
        } else {
            normal.push_back(day);
        }
    }
    return anomalies;
}

}  // namespace meshline
