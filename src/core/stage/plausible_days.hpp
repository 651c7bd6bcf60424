#pragma once

#include "core/workspace/client_definition.hpp"

#include <algorithm>

namespace meshline {

/// Records dated further back than 20 years do not say when a client began: 1970-01-01 is a lost
/// date more often than a day of business. Those dated further ahead than a year are no orders for
/// later either. Both are counted from the log's today.
inline constexpr int days_back_max = 20 * 366;
inline constexpr int days_ahead_max = 366;

/// The first day that a record can be of without being asked.
inline BusinessDate first_plausible_day(BusinessDate today) {
    return std::max(BusinessDate{today.days - days_back_max}, date_min);
}

/// The last one.
inline BusinessDate last_plausible_day(BusinessDate today) {
    return std::min(BusinessDate{today.days + days_ahead_max}, date_max);
}

/// Entries before this day are not taken at their word: the day that the client states as its
/// first, else the first plausible one.
inline BusinessDate earliest_day(const ClientDefinition& client, BusinessDate today) {
    return client.starts_on.value_or(first_plausible_day(today));
}

}  // namespace meshline
