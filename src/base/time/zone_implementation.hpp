#pragma once

#include "base/time/zone.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace meshline {

struct Zone::Implementation {
    std::string name;
    ZoneRules rules;
    /// Never given twice in a process: what a remembered stretch is found under.
    std::uint64_t id = 0;

    /// The stretch around the second. Events come in runs of nearly the same time, so the last
    /// stretch of a zone answers almost every call in a few nanoseconds.
    const ZoneRules::OffsetStretch& around(std::int64_t second) const;
    /// rules.first_showing(), by the remembered stretch where that is enough.
    std::int64_t first_showing(std::int64_t local) const;

  private:
    struct Remembered {
        std::uint64_t zone_id = 0;
        ZoneRules::OffsetStretch found;
    };
    static Remembered& remembered_of(std::uint64_t id);
};

inline Zone::Implementation::Remembered& Zone::Implementation::remembered_of(std::uint64_t id) {
    static constinit thread_local std::array<Remembered, 8> remembered;
    return remembered[id % remembered.size()];
}

inline const ZoneRules::OffsetStretch& Zone::Implementation::around(std::int64_t second) const {
    Remembered& last = remembered_of(id);
    if (last.zone_id != id || second < last.found.stretch.from || second >= last.found.stretch.to) {
        last = {id, rules.around(second)};
    }
    return last.found;
}

inline std::int64_t Zone::Implementation::first_showing(std::int64_t local) const {
    const Remembered& last = remembered_of(id);
    if (last.zone_id == id) {
        // Near the start of the stretch the one before it may show the same time again.
        constexpr std::int64_t repeated_max = 2 * std::int64_t{zone_offset_max};
        const std::int64_t second = local - last.found.offset;
        if (second < last.found.stretch.to && second - repeated_max >= last.found.stretch.from) {
            return second;
        }
    }
    const std::int64_t second = rules.first_showing(local);
    around(second);
    return second;
}

}  // namespace meshline
