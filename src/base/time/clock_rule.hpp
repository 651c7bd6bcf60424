#pragma once

#include "base/time/zone_rules.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace meshline {

/// The rule by which clocks change every year, as the footer of a zone file writes it (POSIX TZ
/// with the extensions of RFC 9636): "EST5EDT,M3.2.0,M11.1.0".
class ClockRule {
  public:
    /// Nothing for a text that is no rule.
    static std::optional<ClockRule> parse(std::string_view text);

    /// The changes of the years `from` to `to`, in order. Those of one second are one, and some may
    /// change nothing.
    std::vector<ZoneRules::Transition> transitions(std::int64_t from, std::int64_t to) const;

  private:
    friend class ClockRuleReader;
    /// A time of a day of each year.
    struct YearlyChange {
        enum class Day { julian, counted, weekday };
        Day day = Day::weekday;
        int number = 0;  ///< Of the day: 1 to 365 without leap days, or from 0 with them.
        int month = 1;
        int week = 1;     ///< 5: the last.
        int weekday = 0;  ///< 0 is Sunday.
        std::int32_t second_of_day = 2 * 3600;

        /// Seconds since 1970-01-01T00:00:00 on the clock.
        std::int64_t local_second(std::int64_t year) const;
    };

    std::int32_t standard_ = 0;
    std::int32_t daylight_ = 0;
    bool has_daylight_ = false;
    YearlyChange start_;
    YearlyChange end_;
};

}  // namespace meshline
