#pragma once

#include "base/money/decimal.hpp"

#include <duckdb.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Registers, for authors: round_to(value, digits, rounding) of a decimal, a whole number or the
/// text of a number, and divide(value, by, rounding), to six digits after the point. Both are
/// decimal(32, 6) and null for null. In SQL that DuckDB sees, a rounding is its number. False when
/// DuckDB refuses.
bool register_decimal_functions(duckdb_connection connection);

/// Whether the last argument of the function is a rounding's name: half_even, half_away_from_zero,
/// toward_zero or floor, written as a bare word.
bool takes_rounding(std::string_view function);
std::optional<Rounding> rounding_of(std::string_view name);
/// For hints.
std::vector<std::string> rounding_names();

}  // namespace meshline
