#pragma once

#include "base/result/result.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/input_file.hpp"
#include "core/ports/progress.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "operate/installation/data_folder.hpp"
#include "operate/orchestrate/orchestrate.hpp"

#include <memory>
#include <optional>
#include <string>

namespace meshline {

/// What surfaces need of the world; the wiring implements it.
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

}  // namespace meshline
