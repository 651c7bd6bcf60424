#include "base/time/civil.hpp"
#include "base/time/zone_implementation.hpp"

#include <algorithm>

namespace meshline {

BusinessCalendar::BusinessCalendar(Zone zone, int cutoff_hour)
    : zone_(std::move(zone)), cutoff_hour_(cutoff_hour) {
    MESHLINE_CHECK(cutoff_hour >= 0 && cutoff_hour <= 23);
}

std::int64_t BusinessCalendar::day_of(Instant instant) const {
    const std::int64_t second = floor_divide(instant.micros, micros_per_second);
    const std::int64_t local = second + zone_.implementation_->around(second).offset;
    return floor_divide(local - std::int64_t{cutoff_hour_} * 3600, seconds_per_day);
}

BusinessDate BusinessCalendar::business_on(Instant instant) const {
    const std::int64_t day =
        std::clamp<std::int64_t>(day_of(instant), date_min.days, date_max.days);
    return {static_cast<std::int32_t>(day)};
}

std::optional<BusinessDate> BusinessCalendar::existing_business_on(Instant instant) const {
    const std::int64_t day = day_of(instant);
    if (day < date_min.days || day > date_max.days) return std::nullopt;
    return BusinessDate{static_cast<std::int32_t>(day)};
}

Instant BusinessCalendar::start_of(BusinessDate date) const {
    const std::int64_t local =
        std::int64_t{date.days} * seconds_per_day + std::int64_t{cutoff_hour_} * 3600;
    const Instant start{zone_.implementation_->first_showing(local) * micros_per_second};
    return std::clamp(start, instant_min, instant_max);
}

}  // namespace meshline
