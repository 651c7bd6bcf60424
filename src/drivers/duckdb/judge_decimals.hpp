#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/bound_plan.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace meshline {

/// Where a statement computes with decimals: the operator and its place.
struct Arithmetic {
    std::string name;  ///< *, + or -
    std::size_t at = 0;
};

/// What would round without naming it, or overflow below the largest amount: read from the plan
/// that DuckDB binds, where every cast and type stands, those that nobody wrote too. Only for a
/// statement that judge_sql() allows and that binds. Errors: transform.narrows_decimal,
/// transform.binary_float, transform.text_amount, transform.three_factors,
/// transform.narrow_arithmetic. What may still overflow goes to `arithmetic`.
std::vector<Error> judge_decimals(const BoundPlan& plan, const SqlSource& source,
                                  std::vector<Arithmetic>& arithmetic);

}  // namespace meshline
