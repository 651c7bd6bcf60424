#pragma once

#include "drivers/duckdb/sql_tree.hpp"

#include <optional>
#include <set>
#include <string>

namespace meshline {

/// The fields of the payload that the transform names ("payload.id"), in lower case: what the
/// others hold cannot show in its rows. Nothing where it may take the payload as a whole: by a
/// star, in a function, a comparison or a distinct, under another name, or as part of a row. A
/// payload that is only handed on by a CTE or a subquery of FROM is not taken as a whole.
std::optional<std::set<std::string>> fields_read(const SqlTree& tree);

}  // namespace meshline
