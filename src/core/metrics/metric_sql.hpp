#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/model/ids.hpp"
#include "core/model/publication.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// What a metric is asked for.
struct MetricQuery {
    ClientId client;
    Position upto = 0;
    /// Empty: every day with entries.
    std::set<BusinessDate> days;
    bool has_dimensions = true;
};

/// The entries behind a metric, one row each, with the condition on client, book, types, position
/// and quarantine: the relation that figures sum and that an explanation lists. `columns` is the
/// select list over `e`.
std::string metric_entries_sql(const MetricDefinition& metric, const MetricQuery& query,
                               const std::string& columns);

/// Figures by day. Days without live entries are missing.
Result<std::map<BusinessDate, std::vector<Figure>>> compute_figures(Warehouse& warehouse,
                                                                    const MetricDefinition& metric,
                                                                    const MetricQuery& query);

/// SQL expression over `e` for a column of entries or a key of its attributes.
std::string entry_column_sql(const std::string& name);

/// "'a', 'b'".
std::string literal_list(const std::vector<std::string>& texts);

}  // namespace meshline
