#include "base/time/civil.hpp"
#include "base/time/zone_implementation.hpp"

namespace meshline {

BusinessCalendar::BusinessCalendar(Zone zone, int cutoff_hour)
    : zone_(std::move(zone)), cutoff_hour_(cutoff_hour) {
    MESHLINE_CHECK(cutoff_hour >= 0 && cutoff_hour <= 23);
}

BusinessDate BusinessCalendar::business_on(Instant instant) const {
    const std::int64_t second = floor_divide(instant.micros, micros_per_second);
    const std::int64_t local = second + zone_.implementation_->around(second).offset;
    const std::int64_t days =
        floor_divide(local - std::int64_t{cutoff_hour_} * 3600, seconds_per_day);
    return {static_cast<std::int32_t>(days)};
}

Instant BusinessCalendar::start_of(BusinessDate date) const {
    const std::int64_t local =
        std::int64_t{date.days} * seconds_per_day + std::int64_t{cutoff_hour_} * 3600;
    return {zone_.implementation_->first_showing(local) * micros_per_second};
}

}  // namespace meshline
