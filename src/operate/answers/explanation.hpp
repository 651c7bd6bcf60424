#pragma once

#include "base/hash/digest.hpp"
#include "base/money/wide_decimal.hpp"
#include "core/control/control_store.hpp"
#include "core/model/publication.hpp"
#include "core/workspace/definitions.hpp"
#include "operate/answers/explained_owners.hpp"
#include "operate/answers/metric_report.hpp"
#include "operate/answers/period.hpp"
#include "operate/orchestrate/run_stores.hpp"

#include <cstdint>
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

/// What the entries of one type, stream and currency come to.
struct ExplainedSum {
    std::string entry_type;
    std::string source;
    std::string stream;
    std::string currency;
    std::int64_t entries = 0;
    WideDecimal amount;
    WideDecimal quantity;
};

/// An entry of the figure and the event that it comes from.
struct ExplainedEntry {
    Position position = 0;
    Digest payload_digest;  ///< Of the event, as the log has it.
    std::string source;
    std::string stream;
    std::string object_id;
    std::string entry_type;
    std::int64_t line_no = 0;
    std::int64_t sign = 1;
    std::string business_on;
    WideDecimal amount;
    std::optional<WideDecimal> quantity;
    std::string currency;
    std::optional<std::string> order_ref;
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
    std::vector<ExplainedSum> sums;          ///< In order of their members.
    std::vector<ExplainedEntry> entries;     ///< By position, type, line and sign.
    std::int64_t entry_count = 0;
    std::vector<StoredDefinition> definitions;  ///< Of the live publication; bytes left out.
    std::vector<ExplainedOwner> owners;
};

/// Asks the client's facts, the publications and the log itself. Error explain.nothing when nothing
/// is published for the period.
Result<Explanation> explain(const RunStores& stores, const ClientDefinition& client,
                            const MetricDefinition& metric, const Period& period);

/// One object; money is text, and null is what an entry or a figure does not have.
std::string explanation_json(const Explanation& explanation);

}  // namespace meshline
