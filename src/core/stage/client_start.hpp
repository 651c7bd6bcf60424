#pragma once

#include "core/workspace/client_definition.hpp"

namespace meshline {

/// Entries that are older than this, counted from the log's today, do not say when a client began:
/// 1970-01-01 is a lost date more often than a day of business.
inline constexpr int plausible_years = 20;

/// Entries before this day are not taken at their word: the day that the client states as its
/// first, else `plausible_years` before the log's today.
inline BusinessDate earliest_day(const ClientDefinition& client, BusinessDate today) {
    constexpr int days_per_year_max = 366;
    if (client.starts_on) return *client.starts_on;
    return {today.days - plausible_years * days_per_year_max};
}

}  // namespace meshline
