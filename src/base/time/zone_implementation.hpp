#pragma once

#include "base/time/civil.hpp"
#include "base/time/instant.hpp"
#include "base/time/zone.hpp"

#include <cctz/time_zone.h>
#include <cstdint>
#include <string>

namespace meshline {

struct Zone::Implementation {
    std::string name;
    cctz::time_zone rules;
    /// Never given twice in a process: what a cached offset is remembered under.
    std::uint64_t id = 0;
};

/// The instant at which `rules` show this local second and the microseconds after it. A time that a
/// clock change skips is the first instant after the gap; one that happens twice is the earlier.
Instant instant_of_local(const cctz::time_zone& rules, const cctz::civil_second& local,
                         std::int64_t micros);

}  // namespace meshline
