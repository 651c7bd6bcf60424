#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <vector>

namespace meshline {

/// Puts the number of each rounding that round_to() and divide() name by a bare word into its
/// place, with blanks behind it, so that nothing else moves: DuckDB would look for a column of that
/// name. Error transform.unknown_rounding for any other last argument, and for digits that
/// round_to() cannot keep.
std::vector<Error> name_roundings(const SqlTree& tree, SqlSource& source);

}  // namespace meshline
