#include "wiring.hpp"

#include "base/result/check.hpp"
#include "core/control/accepted_loss.hpp"
#include "drivers/duckdb/duckdb_transforms.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"
#include "drivers/files/data_folder_access.hpp"
#include "drivers/files/data_folder_lock.hpp"
#include "drivers/files/disk_files.hpp"
#include "drivers/files/system_clock.hpp"
#include "drivers/segments/segment_log.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"
#include "surface/cli/terminal_progress.hpp"

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <unistd.h>

namespace meshline {
namespace {

/// The path of the data, in order. Capture stands before it: it fills the log that this reads.
StageList stages_in_order() {
    StageList stages;
    stages.push_back(make_normalize());
    stages.push_back(make_validate());
    stages.push_back(make_enrich());
    stages.push_back(make_reconcile());
    stages.push_back(make_publish());
    return stages;
}

class EmbeddedData : public DataFolder {
  public:
    /// `why_read_only`: of a folder that cannot be written to.
    EmbeddedData(std::string folder, DataFolderLock lock, DataAccess access,
                 std::optional<Error> why_read_only)
        : folder_(std::move(folder)),
          lock_(std::move(lock)),
          is_read_only_(access == DataAccess::reading || why_read_only),
          why_read_only_(std::move(why_read_only)) {}

    Result<void> check_writable() override {
        if (why_read_only_) return *why_read_only_;
        MESHLINE_CHECK(!is_read_only_);
        return {};
    }

    Result<EventLog*> log() override {
        if (!log_) {
            const auto access = is_read_only_ ? LogAccess::reading : LogAccess::writing;
            MESHLINE_ASSIGN(log_, SegmentLog::open(folder_ + "/log", {.access = access}));
        }
        return log_.get();
    }

    Result<ControlStore*> control() override {
        if (!control_) {
            MESHLINE_ASSIGN(control_, SqliteControl::open(control_file(), control_options()));
        }
        return control_.get();
    }

    Result<bool> accept_loss(Instant at) override {
        ControlOptions options = control_options();
        options.accepts_loss = true;
        MESHLINE_ASSIGN(auto control, SqliteControl::open(control_file(), options));
        const auto loss = control->loss();
        if (loss) {
            MESHLINE_TRY(control->append_audit_leaf(
                encode_audit_leaf(AcceptedLoss{at, loss->here, loss->written})));
        }
        control_ = std::move(control);
        return loss.has_value();
    }

    Result<Warehouse*> warehouse() override {
        if (!warehouse_) {
            MESHLINE_ASSIGN(warehouse_, DuckdbWarehouse::open(folder_ + "/warehouse.duckdb",
                                                              {.is_read_only = is_read_only_}));
        }
        return warehouse_.get();
    }

    Result<void> remake_warehouse() override {
        warehouse_.reset();
        MESHLINE_ASSIGN(warehouse_, DuckdbWarehouse::open(folder_ + "/warehouse.duckdb",
                                                          {.is_made_anew = true}));
        return {};
    }

  private:
    std::string control_file() const { return folder_ + "/control.sqlite"; }
    /// The first capture makes the control store before it appends an event.
    ControlOptions control_options() {
        return {.access = is_read_only_ ? ControlAccess::reading : ControlAccess::writing,
                .has_history = [this] { return has_events(); }};
    }
    Result<bool> has_events() {
        MESHLINE_ASSIGN(EventLog * events, log());
        MESHLINE_ASSIGN(const auto clients, events->clients());
        for (const ClientId& client : clients) {
            MESHLINE_ASSIGN(const LogHead head, events->head(client));
            if (head.position > 0) return true;
        }
        return false;
    }

    const std::string folder_;
    const DataFolderLock lock_;
    const bool is_read_only_;
    const std::optional<Error> why_read_only_;
    std::unique_ptr<EventLog> log_;
    std::unique_ptr<ControlStore> control_;
    std::unique_ptr<Warehouse> warehouse_;
};

class Embedded : public Installation {
  public:
    FileSystem& files() override { return files_; }
    Clock& clock() override { return clock_; }
    Progress& progress() override { return progress_; }
    TransformEngine& transforms() override { return transforms_; }
    const StageList& stages() override { return stages_; }

    Result<std::unique_ptr<DataFolder>> open_data(const std::string& folder,
                                                  const std::string& group,
                                                  DataAccess access) override {
        if (access == DataAccess::reading) {
            MESHLINE_ASSIGN(DataFolderLock shared, DataFolderLock::open_to_read(folder));
            return made(folder, std::move(shared), access, std::nullopt);
        }
        close_new_files(!group.empty());
        auto lock = DataFolderLock::open(folder);
        std::optional<Error> why_read_only;
        if (lock.ok()) {
            MESHLINE_TRY(close_data_folder(folder, group));
        } else if (lock.error().kind == ErrorKind::refused && files_.exists(folder)) {
            why_read_only = lock.error();
            lock = DataFolderLock::open_to_read(folder);
        }
        MESHLINE_ASSIGN(DataFolderLock held, std::move(lock));
        return made(folder, std::move(held), access, std::move(why_read_only));
    }

    std::optional<std::string> ask(const std::string& question) override {
        if (isatty(STDIN_FILENO) != 1 || isatty(STDERR_FILENO) != 1) return std::nullopt;
        std::cerr << question << std::flush;
        std::string answer;
        std::getline(std::cin, answer);
        return answer;
    }

    std::string current_folder() override {
        std::error_code ignored;
        return std::filesystem::current_path(ignored).string();
    }

    Result<void> remove_folder(const std::string& folder) override {
        std::error_code failure;
        std::filesystem::remove_all(folder, failure);
        if (!failure) return {};
        return Error{.kind = ErrorKind::refused,
                     .code = "files.remove_failed",
                     .message = "cannot remove \"" + folder + "\": " + failure.message(),
                     .hint = "Remove it by hand, or name another folder."};
    }

    Result<std::unique_ptr<Warehouse>> scratch_warehouse() override {
        // Without a file there is none to write to: it lies in memory.
        MESHLINE_ASSIGN(auto warehouse, DuckdbWarehouse::open("", {.is_read_only = true}));
        return std::unique_ptr<Warehouse>(std::move(warehouse));
    }

  private:
    static std::unique_ptr<DataFolder> made(const std::string& folder, DataFolderLock lock,
                                            DataAccess access, std::optional<Error> why_read_only) {
        return std::make_unique<EmbeddedData>(folder, std::move(lock), access,
                                              std::move(why_read_only));
    }

    DiskFiles files_;
    SystemClock clock_;
    TerminalProgress progress_{isatty(STDERR_FILENO) == 1};
    DuckdbTransforms transforms_;
    const StageList stages_ = stages_in_order();
};

}  // namespace

std::unique_ptr<Installation> wire() {
    return std::make_unique<Embedded>();
}

}  // namespace meshline
