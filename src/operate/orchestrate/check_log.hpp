#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/ids.hpp"

namespace meshline {

/// Whether the client's log goes on from what the control store knows of it. Captures and runs over
/// one that lost its end, or is another, would go on from something else as if nothing had
/// happened. Error run.other_log.
Result<void> check_log(ControlStore& control, EventLog& log, const ClientId& client);

}  // namespace meshline
