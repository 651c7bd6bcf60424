#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/ids.hpp"

#include <cstdint>
#include <optional>

namespace meshline {

/// How many events the client's log has beyond those of the last run that came to its end: what was
/// captured or taken back since, which is in no figure yet. Nothing where the log cannot be read or
/// lacks its end, or where there was no run. Error run.other_log where its events are not those
/// that the figures stand on.
Result<std::optional<std::int64_t>> events_since_run(ControlStore& control, EventLog& log,
                                                     const ClientId& client);

}  // namespace meshline
