#pragma once

#include "base/time/zone.hpp"
#include "drivers/duckdb/event_batch.hpp"

#include <duckdb.h>

namespace meshline {

/// What the functions of a program's SQL look at. Must outlive the instance's statements.
struct FunctionContext {
    BusinessCalendar calendar;
    EventBatch events;
};

/// Registers, for authors: from_minor_units(bigint or hugeint, currency) and from_micros(bigint or
/// hugeint), both money and null for null. For the SQL around theirs:
/// meshline_business_on(timestamp), meshline_start_of(date), meshline_event_object_id(ubigint),
/// meshline_event_occurred_at(ubigint), meshline_attributes(flat struct). False when DuckDB
/// refuses.
bool register_functions(duckdb_connection connection, FunctionContext& context);

}  // namespace meshline
