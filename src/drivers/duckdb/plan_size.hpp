#pragma once

#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <cstddef>
#include <optional>

namespace meshline {

/// Parts of a statement, those of a CTE as often as it is read: what the engine has to plan. A
/// transform of a page has some hundreds. Planning knows no limit of time or memory of its own.
inline constexpr std::size_t planned_parts_max = 100'000;

/// Error transform.too_large where the engine would plan more than that.
std::optional<Error> check_plan_size(const SqlTree& tree, const SqlSource& source);

}  // namespace meshline
