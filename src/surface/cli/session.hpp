#pragma once

#include "operate/installation/find_definition.hpp"
#include "operate/installation/open_workspace.hpp"

#include <memory>
#include <optional>
#include <string>

namespace meshline {

/// The options before every command.
struct GlobalOptions {
    std::string workspace;  ///< Empty: found upward from the current folder.
    std::string data;       ///< Empty: .meshline in the workspace.
    bool is_json = false;
    std::optional<Instant> now;  ///< Stands for the machine's clock.
};

/// One command's work: its options, and the workspace and stores that it asks.
class Session {
  public:
    Session(Installation& installation, const GlobalOptions& options);

    /// The workspace and its stores. Where definitions have problems, it is said once on standard
    /// error which and what is left out for them; where the warehouse is made again, why.
    OpenWorkspace& opened() { return opened_; }
    Result<std::shared_ptr<const Workspace>> workspace() { return opened_.definitions(); }
    /// Those of the definitions, as find_client() and find_metric() find them; they live until the
    /// session's are loaded again.
    Result<const ClientDefinition*> client(const std::string& name);
    Result<const MetricDefinition*> metric(const std::string& name);

    Installation& installation() { return installation_; }
    /// The machine's, or the one that stands still at the time that was asked for.
    Clock& clock() { return clock_ ? static_cast<Clock&>(*clock_) : installation_.clock(); }
    bool is_json() const { return is_json_; }

  private:
    class StandingClock : public Clock {
      public:
        explicit StandingClock(Instant now) : now_(now) {}
        Instant now() override { return now_; }

      private:
        Instant now_;
    };

    Installation& installation_;
    const bool is_json_;
    std::optional<StandingClock> clock_;
    OpenWorkspace opened_;
};

}  // namespace meshline
