#pragma once

#include "core/stage/stage.hpp"
#include "operate/orchestrate/run_stores.hpp"
#include "operate/orchestrate/zone_rules.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

using StageList = std::vector<std::unique_ptr<Stage>>;

struct RunRequest {
    std::vector<const ClientDefinition*> clients;
    /// Only these business dates are published.
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
};

struct StageReport {
    std::string stage;
    std::vector<std::pair<std::string, std::int64_t>> counts;
    SyncCounts exceptions;
};

struct ClientReport {
    ClientId client;
    RunId run;
    Position position = 0;
    std::vector<StageReport> stages;
    /// Zones for which the machine has other rules than those that this run kept to.
    std::vector<OtherZoneRules> other_zone_rules;
    std::optional<Error> error;  ///< Of the stage that ended the run.
};

/// Runs every stage over every client. An error is one that concerns all clients; a client's own
/// trouble is in its report.
Result<std::vector<ClientReport>> run_clients(const Workspace& workspace, const StageList& stages,
                                              const RunStores& stores, const RunRequest& request);

/// The context in which a stage, or a question to the facts, works on the client's whole log.
Result<StageContext> make_context(const Workspace& workspace, const ClientDefinition& client,
                                  const RunStores& stores);

}  // namespace meshline
