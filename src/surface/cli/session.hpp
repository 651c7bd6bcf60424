#pragma once

#include "core/workspace/definitions.hpp"
#include "core/workspace/kept_zones.hpp"
#include "surface/cli/installation.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// The options before every command.
struct GlobalOptions {
    std::string workspace;  ///< Empty: found upward from the current folder.
    std::string data;       ///< Empty: .meshline in the workspace.
    bool is_json = false;
    std::optional<Instant> now;  ///< Stands for the machine's clock.
};

/// One command's work: its workspace and stores, loaded on demand.
class Session {
  public:
    Session(Installation& installation, GlobalOptions options)
        : installation_(installation), options_(std::move(options)) {
        if (options_.now) clock_.emplace(*options_.now);
    }

    /// What of the workspace can be used, with the zone rules that the data folder keeps. Where
    /// definitions have problems, says once on standard error which and what is left out for them;
    /// where nothing can be used, the first problem is the error and says how many more `meshline
    /// check` lists.
    Result<const Workspace*> workspace();
    /// Loads it again, after other zone rules were taken; what was given out before is gone.
    Result<const Workspace*> reload_workspace();
    /// The same where any problem is the error: for what must not be done with a part.
    Result<const Workspace*> whole_workspace();
    Result<std::string> workspace_root();
    Result<std::string> data_path();
    Result<DataFolder*> data();
    /// From here on the data folder is opened to be read; before anything is asked for.
    void only_read() { access_ = DataAccess::reading; }
    /// Errors client.unknown and metric.unknown with the nearest name; client.left_out and
    /// metric.left_out where the definition has a problem.
    Result<const ClientDefinition*> client(const std::string& name);
    Result<const MetricDefinition*> metric(const std::string& name);
    Result<RunStores> run_stores();
    /// The same, for whoever reads the client's facts. Error warehouse.other_stores.
    Result<RunStores> run_stores_of(const ClientId& client);
    /// The same with a warehouse that can be filled: one that another version made, or that cannot
    /// be read, is deleted and made again, empty, with a note of why.
    Result<RunStores> run_stores_to_fill();
    /// Deletes the warehouse because of `reason` and says so; the stores are to be asked anew.
    Result<void> remake_warehouse(const Error& reason);

    Installation& installation() { return installation_; }
    /// The machine's, or the one that stands still at the time that was asked for.
    Clock& clock() { return clock_ ? static_cast<Clock&>(*clock_) : installation_.clock(); }
    bool is_json() const { return options_.is_json; }

  private:
    class StandingClock : public Clock {
      public:
        explicit StandingClock(Instant now) : now_(now) {}
        Instant now() override { return now_; }

      private:
        Instant now_;
    };
    Result<void> load();
    Result<KeptZones> kept_zones();

    Installation& installation_;
    GlobalOptions options_;
    std::optional<StandingClock> clock_;
    std::optional<Workspace> workspace_;
    std::vector<Error> problems_;
    bool is_left_out_said_ = false;
    DataAccess access_ = DataAccess::writing;
    std::unique_ptr<DataFolder> data_;
};

/// Whether the warehouse is at fault and making it again from the log helps.
bool is_mended_by_remaking(const Error& error);

}  // namespace meshline
