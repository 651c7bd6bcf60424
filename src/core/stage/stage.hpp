#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/finding.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/progress.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// What a stage works with: one client, one prefix of its log, the stores.
struct StageContext {
    const Workspace& workspace;
    const ClientDefinition& client;
    EventLog& log;
    Warehouse& warehouse;
    TransformEngine& transforms;
    ControlStore& control;
    Clock& clock;
    Progress& progress;
    RunId run;
    /// The prefix this run is about: everything up to here, nothing after.
    LogHead head;
    /// Only these business dates are published; empty means all touched ones.
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
};

/// What a stage did: counts in reading order, and what it found. The findings of a stage are the
/// complete list as of this run; those it no longer names are healed.
struct StageOutcome {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    std::vector<Finding> findings;
};

/// One step of the path. Running it twice on the same prefix and definitions changes nothing.
class Stage {
  public:
    virtual ~Stage() = default;
    virtual std::string_view name() const = 0;
    virtual Result<StageOutcome> run(StageContext& context) = 0;
};

}  // namespace meshline
