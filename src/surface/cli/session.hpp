#pragma once

#include "core/workspace/definitions.hpp"
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

    /// The loaded workspace; with problems, the first of them is the error and says how many more
    /// `meshline check` lists.
    Result<const Workspace*> workspace();
    Result<std::string> workspace_root();
    Result<std::string> data_path();
    Result<DataFolder*> data();
    /// Errors client.unknown with the nearest name.
    Result<const ClientDefinition*> client(const std::string& name);
    Result<const MetricDefinition*> metric(const std::string& name);
    Result<RunStores> run_stores();

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

    Installation& installation_;
    GlobalOptions options_;
    std::optional<StandingClock> clock_;
    std::optional<Workspace> workspace_;
    std::unique_ptr<DataFolder> data_;
};

/// Prints to standard output; the result of a command.
void print(std::string_view text);
/// Prints a remark to standard error: no result, and no error.
void print_note(std::string_view text);
/// Prints an error to standard error and returns its exit code.
int report_error(const Error& error);

}  // namespace meshline
