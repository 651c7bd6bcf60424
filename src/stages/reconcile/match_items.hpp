#pragma once

#include "core/model/ids.hpp"
#include "core/warehouse/warehouse.hpp"

#include <string>

namespace meshline {

/// Every item of the client's reconciliations as the last run left them, as a SQL relation with the
/// columns of match_results. Settled pairs are not kept as rows: they are asked of the entries
/// again, with the SQL that settled them.
Result<std::string> match_items_sql(Warehouse& warehouse, const ClientId& client);

}  // namespace meshline
