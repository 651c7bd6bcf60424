#pragma once

#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <cstddef>
#include <optional>

namespace meshline {

/// Parts of a statement as often as the engine has to plan them. A transform of a page has some
/// thousands. Planning knows no limit of time or memory of its own.
inline constexpr std::size_t planned_parts_max = 100'000;
/// Bytes of a statement with the operand of each CASE in all its branches, where the parser puts
/// it.
inline constexpr std::size_t parsed_bytes_max = std::size_t{1} << 20;

/// Error transform.too_large where the parser would make more than that of the statement.
std::optional<Error> check_parsed_size(const SqlSource& source);

/// Error transform.too_large where the engine would plan more than that. `input_columns`: of input,
/// with the fields of its payload.
std::optional<Error> check_plan_size(const SqlTree& tree, const SqlSource& source,
                                     const FunctionCatalog& functions, std::size_t input_columns);

}  // namespace meshline
