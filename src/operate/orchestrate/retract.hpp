#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/captures/capture_history.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"

#include <string>
#include <vector>

namespace meshline {

struct RetractRequest {
    ClientId client;
    /// A capture, a retraction, or positions: "3f2a...", "12", "12-40".
    std::vector<std::string> targets;
    std::string reason;
    Instant at;
};

struct Retracted {
    std::string id;
    Position position = 0;
    /// What stands no longer, and what stands again.
    std::uint64_t fallen = 0;
    std::uint64_t risen = 0;
};

/// Takes back a capture, single records by their positions, or an earlier retraction: one event of
/// the reserved source. The figures follow with the next run. Errors: retract.unknown,
/// retract.already (nothing would change), retract.not_a_record, retract.no_reason.
Result<Retracted> retract(EventLog& log, ControlStore& control, const RetractRequest& request);

}  // namespace meshline
