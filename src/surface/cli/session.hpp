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
};

/// One command's work: its workspace and stores, loaded on demand.
class Session {
  public:
    Session(Installation& installation, GlobalOptions options)
        : installation_(installation), options_(std::move(options)) {}

    /// The loaded workspace, with the zone rules that the data folder keeps; with problems, the
    /// first of them is the error and says how many more `meshline check` lists.
    Result<const Workspace*> workspace();
    /// Loads it again, after other zone rules were taken; what was given out before is gone.
    Result<const Workspace*> reload_workspace();
    Result<std::string> workspace_root();
    Result<std::string> data_path();
    Result<DataFolder*> data();
    /// Errors client.unknown with the nearest name.
    Result<const ClientDefinition*> client(const std::string& name);
    Result<const MetricDefinition*> metric(const std::string& name);
    Result<RunStores> run_stores();

    Installation& installation() { return installation_; }
    bool is_json() const { return options_.is_json; }

  private:
    Result<KeptZones> kept_zones();

    Installation& installation_;
    GlobalOptions options_;
    std::optional<Workspace> workspace_;
    std::unique_ptr<DataFolder> data_;
};

/// Prints to standard output; the result of a command.
void print(std::string_view text);
/// Prints an error to standard error and returns its exit code.
int report_error(const Error& error);

}  // namespace meshline
