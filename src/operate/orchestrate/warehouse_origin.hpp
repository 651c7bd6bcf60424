#pragma once

#include "core/stage/stage.hpp"
#include "operate/orchestrate/run_stores.hpp"

namespace meshline {

/// A warehouse remembers the log and the control store that its facts stand on. One that is put in
/// the place of another, or beside a store of another time, would give figures that nobody
/// published, so it is made again.

/// Whether the client's facts stand on these stores: its log goes on from the one that they were
/// made from, and so does the audit tree, but for what the last run published that used this
/// warehouse. Error warehouse.other_stores.
Result<void> check_origin(const RunStores& stores, const ClientId& client);

/// Before a run makes facts: what they stand on from now on.
Result<void> note_origin(StageContext& context);
/// After it: what it published is known here.
Result<void> note_published(StageContext& context);

}  // namespace meshline
