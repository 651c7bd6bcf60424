#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <vector>

namespace meshline {

/// Where a transform lets one event's rows depend on another's: transform.mixes_events. What
/// groups, windows, DISTINCTs and joins bring together must be of one event, named by a column
/// `position`; a LIMIT counts events. Batches are cut anywhere, so such rows would change with the
/// cut.
std::vector<Error> judge_events(const SqlTree& tree, const SqlSource& source,
                                const FunctionCatalog& functions);

}  // namespace meshline
