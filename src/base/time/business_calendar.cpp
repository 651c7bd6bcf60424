#include "base/time/zone_implementation.hpp"

#include <array>

namespace meshline {
namespace {

using Seconds = cctz::time_point<cctz::seconds>;

/// The seconds for which a zone keeps one offset: from <= second < to.
struct OffsetSpan {
    std::uint64_t zone_id = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t offset = 0;
};

/// Outside 1900 to 2400 nothing is remembered: cctz lists its transitions up to some year of the
/// 25th century only, and beyond them a span would seem to last for ever.
constexpr std::int64_t remembered_from = -2'208'988'800;
constexpr std::int64_t remembered_to = 13'569'465'600;

Seconds at(std::int64_t second) {
    return Seconds(cctz::seconds(second));
}

/// The UTC second of a civil time that shows `offset`.
std::int64_t utc_second_of(const cctz::civil_second& civil, std::int64_t offset) {
    return civil - cctz::civil_second() - offset;
}

OffsetSpan span_around(const Zone::Implementation& zone, std::int64_t second) {
    OffsetSpan span{zone.id, remembered_from, remembered_to, zone.rules.lookup(at(second)).offset};
    cctz::time_zone::civil_transition transition;
    if (zone.rules.next_transition(at(second), &transition)) {
        span.to = std::min(span.to, utc_second_of(transition.from, span.offset));
    }
    // prev_transition looks strictly before, and the change may be at this very second.
    if (zone.rules.prev_transition(at(second + 1), &transition)) {
        span.from = std::max(span.from, utc_second_of(transition.to, span.offset));
    }
    return span;
}

/// Local time minus UTC. Events come in runs of nearly the same time, so the last span of a zone
/// answers almost every call in a few nanoseconds; cctz alone takes some tens.
std::int64_t offset_at(const Zone::Implementation& zone, std::int64_t second) {
    if (second < remembered_from || second >= remembered_to) {
        return zone.rules.lookup(at(second)).offset;
    }
    thread_local std::array<OffsetSpan, 8> remembered;
    OffsetSpan& span = remembered[zone.id % remembered.size()];
    if (span.zone_id != zone.id || second < span.from || second >= span.to) {
        span = span_around(zone, second);
    }
    return span.offset;
}

}  // namespace

BusinessCalendar::BusinessCalendar(Zone zone, int cutoff_hour)
    : zone_(std::move(zone)), cutoff_hour_(cutoff_hour) {
    MESHLINE_CHECK(cutoff_hour >= 0 && cutoff_hour <= 23);
}

BusinessDate BusinessCalendar::business_on(Instant instant) const {
    const std::int64_t second = floor_divide(instant.micros, micros_per_second);
    const std::int64_t local = second + offset_at(*zone_.implementation_, second);
    const std::int64_t days =
        floor_divide(local - std::int64_t{cutoff_hour_} * 3600, seconds_per_day);
    return {static_cast<std::int32_t>(days)};
}

Instant BusinessCalendar::start_of(BusinessDate date) const {
    const cctz::civil_second local(cctz::civil_day() + date.days);
    const std::int64_t cutoff_seconds = std::int64_t{cutoff_hour_} * 3600;
    return instant_of_local(zone_.implementation_->rules, local + cutoff_seconds, 0);
}

}  // namespace meshline
