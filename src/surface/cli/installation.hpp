#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/input_file.hpp"
#include "core/ports/progress.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "operate/orchestrate/orchestrate.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

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

/// What the commands need of the world; the wiring implements it.
class Installation {
  public:
    virtual ~Installation() = default;
    virtual FileSystem& files() = 0;
    virtual Clock& clock() = 0;
    virtual Progress& progress() = 0;
    virtual TransformEngine& transforms() = 0;
    virtual const StageList& stages() = 0;
    /// Takes the folder for this process, making it if needed, and closes it to all but its user
    /// and the group of that name, if any; or to read it where that is all that its permissions
    /// allow. Error files.locked when another process has it.
    virtual Result<std::unique_ptr<DataFolder>> open_data(const std::string& folder,
                                                          const std::string& group,
                                                          DataAccess access) = 0;
    /// An empty one in memory, for facts that are looked at and thrown away.
    virtual Result<std::unique_ptr<Warehouse>> scratch_warehouse() = 0;
    /// The line that whoever sits at the terminal answers; nothing where nobody does.
    virtual std::optional<std::string> ask(const std::string& question) = 0;
    virtual std::string current_folder() = 0;
    /// Removes a folder with everything in it; nothing happens when it is not there.
    virtual Result<void> remove_folder(const std::string& folder) = 0;
};

/// Parses the arguments, runs the command and returns its exit code.
int run_command_line(int argument_count, char** arguments, Installation& installation);

}  // namespace meshline
