#pragma once

#include "base/result/result.hpp"
#include "core/captures/capture_history.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"

#include <vector>

namespace meshline {

/// The events of the reserved source in the client's log up to `head`, in order. What the control
/// store kept of them is taken where it fits the log; only what came since is read there.
Result<std::vector<ReservedEvent>> reserved_events(EventLog& log, ControlStore& control,
                                                   const ClientId& client, const LogHead& head);

/// Captures and retractions of the client up to `head`.
Result<CaptureHistory> captures_of(EventLog& log, ControlStore& control, const ClientId& client,
                                   const LogHead& head);

}  // namespace meshline
