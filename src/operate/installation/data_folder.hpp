#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/warehouse/warehouse.hpp"

#include <cstdint>

namespace meshline {

/// With `reading` nothing is written to the folder, which need not be there: its stores are empty
/// then.
enum class DataAccess : std::uint8_t { writing, reading };

/// The stores of one data folder, held by one process. Each opens when it is first asked for.
class DataFolder {
  public:
    virtual ~DataFolder() = default;
    /// A folder that cannot be written to can be read all the same: nothing in it is changed then.
    /// Error files.write_failed, for what has to write.
    virtual Result<void> check_writable() = 0;
    virtual Result<EventLog*> log() = 0;
    /// Errors control.missing and control.older where it lost what was published.
    virtual Result<ControlStore*> control() = 0;
    /// Goes on from a control store that lost acts, or is gone, and notes that as an act of its
    /// own. True where something was lost.
    virtual Result<bool> accept_loss(Instant at) = 0;
    virtual Result<Warehouse*> warehouse() = 0;
    /// Deletes the warehouse, whatever state its file is in, and makes an empty one.
    virtual Result<void> remake_warehouse() = 0;
};

}  // namespace meshline
