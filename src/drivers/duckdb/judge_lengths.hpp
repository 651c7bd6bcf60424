#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <vector>

namespace meshline {

/// Characters or items that a call makes which no event decides.
inline constexpr int made_length_max = 10'000;

/// Calls that make much of little whatever the events are, such as repeat('x', 1000000000): the
/// engine makes it while it plans, without a limit. Error transform.too_large.
std::vector<Error> judge_lengths(const SqlTree& tree, const SqlSource& source);

}  // namespace meshline
