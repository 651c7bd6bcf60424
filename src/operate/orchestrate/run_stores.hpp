#pragma once

#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/progress.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"

namespace meshline {

/// The stores and ports that a run works with.
struct RunStores {
    EventLog& log;
    Warehouse& warehouse;
    TransformEngine& transforms;
    ControlStore& control;
    Clock& clock;
    Progress& progress;
};

}  // namespace meshline
