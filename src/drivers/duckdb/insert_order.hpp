#pragma once

#include <string_view>

namespace meshline {

/// Whether the statement fills a table in an order: with an ORDER BY of its own or of a sub-select,
/// or a window over all rows. DuckDB 1.5 then writes batches side by side, and one that has no rows
/// hides those that later inserts of the transaction write, until the file is opened again.
bool fills_in_order(std::string_view sql);

}  // namespace meshline
