#pragma once

#include "base/money/currency_table.hpp"
#include "base/time/zone.hpp"
#include "drivers/duckdb/event_batch.hpp"

#include <duckdb.h>
#include <map>
#include <string>

namespace meshline {

/// What the functions of a program's SQL look at. Must outlive the instance's statements.
struct FunctionContext {
    BusinessCalendar calendar;
    std::map<std::string, Zone> zones;  ///< That local_time() and instant_of() may name.
    CurrencyTable currencies;
    MinorDigits minor_digits;  ///< Where they are not those of `currencies`.
    EventBatch events;
    /// The code in capitals that the last statement failed for in from_minor_units(), or "".
    std::string unknown_currency;
};

/// Registers, for authors: from_minor_units(bigint or hugeint, currency) and from_micros(bigint or
/// hugeint), both money; local_time(timestamp, zone) and instant_of(timestamp, zone), from an
/// instant to what the zone's clocks show and back. All are null for null. For the SQL around
/// theirs: meshline_business_on(timestamp), meshline_start_of(date),
/// meshline_event_object_id(ubigint), meshline_event_occurred_at(ubigint), meshline_attributes(flat
/// struct). False when DuckDB refuses.
bool register_functions(duckdb_connection connection, FunctionContext& context);

}  // namespace meshline
