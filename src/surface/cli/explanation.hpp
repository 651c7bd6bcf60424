#pragma once

#include "core/control/control_store.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"
#include "operate/orchestrate/orchestrate.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/explained_owners.hpp"
#include "surface/cli/metric_report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Entries listed at most; the sums are over all of them.
inline constexpr int explained_entries_max = 500;

/// An act, and what it made of the figure; nothing where it has none.
struct ExplainedAct {
    Publication act;
    std::optional<WideDecimal> value;
};

/// What made a figure: the publications of its days, the sums it is made of, the entries with the
/// events they come from, and the definitions that were used.
struct Explanation {
    const ClientDefinition* client = nullptr;
    const MetricDefinition* metric = nullptr;
    Period period;
    /// The published figure: one value, the least trusted state of its days, their largest version.
    MetricReport report;
    std::vector<ExplainedAct> publications;  ///< Every version, in order.
    Rows sums;     ///< entry_type, source, stream, currency, entries, amount
    Rows entries;  ///< position, payload_digest, source, stream, object_id, entry_type, sign, ...
    std::int64_t entry_count = 0;
    std::vector<StoredDefinition> definitions;  ///< Of the live publication; bytes left out.
    std::vector<ExplainedOwner> owners;
};

/// Error explain.nothing when nothing is published for the period.
Result<Explanation> explain(const RunStores& stores, const ClientDefinition& client,
                            const MetricDefinition& metric, const Period& period);

std::string explanation_text(const Explanation& explanation);
std::string explanation_json(const Explanation& explanation);

}  // namespace meshline
