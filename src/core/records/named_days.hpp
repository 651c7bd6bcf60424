#pragma once

#include "base/json/json_value.hpp"
#include "base/time/zone.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <set>
#include <string>

namespace meshline {

/// The days that a record names, wherever it does.
struct NamedDays {
    /// Runs of days that text() keeps apart.
    static constexpr std::size_t runs_max = 64;

    std::set<BusinessDate> days;
    /// There is a day that could not be read.
    bool has_unread = false;

    /// Runs of days in order, "2026-03-01 2026-03-02,2026-03-05 2026-03-05"; where there are more
    /// than runs_max, one from the first day to the last.
    std::string text() const;
};

/// The business days of all instants and dates that the type declares and the record states, at any
/// depth. What has no declared type names none.
NamedDays named_days(JsonValue record, const PayloadType& type, const ReadOptions& options,
                     const BusinessCalendar& calendar);

}  // namespace meshline
