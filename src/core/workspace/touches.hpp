#pragma once

#include "core/model/finding.hpp"
#include "core/workspace/definitions.hpp"

#include <string_view>
#include <vector>

namespace meshline {

// In which figures a check or a reconciliation counts: those that it can move, or whose state it
// can change. They alone commit to it, are doubted by what it finds and are held by it.
//
//   row             metrics of its book that have an entry type of it
//   cross           the same of either side: what is above its limit may be a limit too low
//   invariant       its metric and the parts, no others that are made of the same entries
//   freshness       metrics of the books that the stream (or all of the source) fills; attributed
//                   metrics too where it brings touchpoints or records
//   volume          of events the same; of a metric those that share an entry type with it
//   balance         metrics of its book: any entry moves a balance
//   reconciliation  metrics of a side that its breaks make doubtful, as for a row

/// Whether the check counts in figures of the client's metric. The check must concern the client.
bool touches(const CheckDefinition& check, const MetricDefinition& metric,
             const Workspace& workspace, const ClientDefinition& client);
bool touches(const ReconciliationDefinition& reconciliation, const MetricDefinition& metric);

/// Whether the check is for the client: it names the client or none, and the client has its source
/// and stream.
bool concerns(const CheckDefinition& check, const ClientDefinition& client);
bool concerns(const ReconciliationDefinition& reconciliation, const ClientDefinition& client);

/// The workspace's checks that concern the client, then the freshness that its sources' handoffs
/// promise, named handoff_SOURCE: a check like any other, unless a check of the workspace watches
/// the source's freshness already: one silence is one exception.
std::vector<CheckDefinition> checks_of(const Workspace& workspace, const ClientDefinition& client);

/// The same question for what was stored of a check or reconciliation: results and findings, which
/// say its name. The workspace and the client must outlive it.
class Touches {
  public:
    Touches(const Workspace& workspace, const ClientDefinition& client);

    /// Whether a result of the check named so counts in the metric. One that is no longer known
    /// counts in all.
    bool of_check(std::string_view check, const MetricDefinition& metric) const;
    /// Whether what an exception of the finding doubts is doubtful in the metric too. What a check
    /// or a reconciliation found counts where that does; all other findings count in every metric
    /// of the books that they doubt.
    bool of_finding(const Finding& finding, const MetricDefinition& metric) const;

  private:
    const Workspace& workspace_;
    const ClientDefinition& client_;
    std::vector<CheckDefinition> checks_;
};

}  // namespace meshline
