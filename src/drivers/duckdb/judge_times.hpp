#pragma once

#include "base/result/error.hpp"
#include "base/time/zone.hpp"
#include "drivers/duckdb/bound_plan.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <map>
#include <string>
#include <vector>

namespace meshline {

/// Calls of local_time() and instant_of() whose zone is not a plain text (transform.unclear_zone),
/// or one that is not among `zones` (transform.unknown_zone).
std::vector<Error> judge_zone_calls(const SqlTree& tree, const SqlSource& source,
                                    const std::map<std::string, Zone>& zones);

/// What a statement that binds does with times that no figure may rest on, found in DuckDB's plan,
/// where every expression has its type, those that are nowhere written too:
/// TIMESTAMP WITH TIME ZONE, which DuckDB converts by zone rules of its own
/// (transform.other_zone_rules), and text that becomes a timestamp, a date or a time, whereby
/// DuckDB drops an offset without a word (transform.text_as_time).
std::vector<Error> judge_times(const BoundPlan& plan, const SqlSource& source);

}  // namespace meshline
