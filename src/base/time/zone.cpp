#include "base/time/zone.hpp"

#include "base/time/civil.hpp"
#include "base/time/zone_implementation.hpp"

#include <atomic>

namespace meshline {
namespace {

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

}  // namespace

Zone::Zone(std::string name, ZoneRules rules)
    : implementation_(std::make_shared<const Implementation>(
          Implementation{.name = std::move(name), .rules = std::move(rules), .id = next_id()})) {}

Result<Zone> Zone::open(std::string_view name) {
    MESHLINE_ASSIGN(ZoneRules rules, ZoneRules::of_machine(name));
    return Zone(std::string(name), std::move(rules));
}

Zone Zone::utc() {
    static const Zone utc("UTC", ZoneRules(0));
    return utc;
}

const std::string& Zone::name() const {
    return implementation_->name;
}

const ZoneRules& Zone::rules() const {
    return implementation_->rules;
}

std::int64_t Zone::local_micros(Instant instant) const {
    const std::int64_t second = floor_divide(instant.micros, micros_per_second);
    return instant.micros + implementation_->around(second).offset * micros_per_second;
}

Instant Zone::instant_of(std::int64_t local_micros) const {
    const std::int64_t local = floor_divide(local_micros, micros_per_second);
    const std::int64_t second = implementation_->first_showing(local);
    const std::int64_t fraction = local_micros - local * micros_per_second;
    // The microseconds of a time that was skipped are gone with it.
    const bool is_skipped = second + implementation_->around(second).offset != local;
    return {second * micros_per_second + (is_skipped ? 0 : fraction)};
}

}  // namespace meshline
