#pragma once

#include "base/result/result.hpp"
#include "core/captures/position_set.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/warehouse/warehouse.hpp"

#include <cstdint>
#include <vector>

namespace meshline {

/// The hash of what an event is: its identity and its payload.
std::uint64_t identity_hash(const Event& event);

/// Events that come to the facts.
struct NewIdentities {
    const std::vector<std::uint64_t>& hashes;  ///< identity_hash() of each.
    Position last = 0;                         ///< Of the last of them.
    const PositionSet& fallen;                 ///< Events of the log that were taken back.
};

/// The log stores no record twice, whatever comes again. Should it have done so all the same, for
/// an index that was damaged, the record would count twice: that is told here, before it does.
///
/// Notes the new ones, within the caller's transaction. Error normalize.stored_twice, naming two
/// events that stand.
Result<void> note_identities(Warehouse& warehouse, EventLog& log, const ClientId& client,
                             const NewIdentities& added);

}  // namespace meshline
