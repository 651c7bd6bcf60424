#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <cstddef>
#include <vector>

namespace meshline {

/// Problems of one transform that are told; who wrote it mends these first.
inline constexpr std::size_t transform_problems_max = 50;

/// Everything in a transform that reaches beyond its input or whose result the input does not
/// decide. Errors: transform.unknown_table (only `input`, CTEs and sub-selects can be read),
/// transform.forbidden_function, transform.unknown_function, transform.binary_float (money never
/// passes through one), transform.not_a_select (SHOW, DESCRIBE, SUMMARIZE, PIVOT in disguise),
/// transform.syntax (parameters).
std::vector<Error> judge_sql(const SqlTree& tree, const SqlSource& source,
                             const FunctionCatalog& functions);

}  // namespace meshline
