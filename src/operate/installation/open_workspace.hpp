#pragma once

#include "core/workspace/definitions.hpp"
#include "core/workspace/kept_zones.hpp"
#include "operate/installation/installation.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Where a workspace is and how it is worked with.
struct WorkspaceRequest {
    std::string root;  ///< Empty: found upward from the current folder.
    std::string data;  ///< Empty: .meshline in the workspace.
    /// Told once, when definitions() first hands out some of which others are left out.
    std::function<void(const Workspace&, const std::vector<Error>& problems)> when_left_out =
        [](const Workspace&, const std::vector<Error>&) {};
    /// Told after a warehouse was made again, and why.
    std::function<void(const Error& reason)> when_remade = [](const Error&) {};
};

/// A workspace and the stores of its data folder, loaded and opened when they are first asked for.
/// For one thread at a time; what it hands out of the stores lives as long as this does.
class OpenWorkspace {
  public:
    OpenWorkspace(Installation& installation, Clock& clock, WorkspaceRequest request)
        : installation_(installation), clock_(clock), request_(std::move(request)) {}

    /// From here on the data folder is opened to be read; before anything is asked for.
    void only_read() { access_ = DataAccess::reading; }

    /// What of the definitions can be used, with the zone rules that the data folder keeps; it
    /// stays what it is for whoever holds it. Where nothing can be used, the first problem is the
    /// error and says how many more `meshline check` lists.
    Result<std::shared_ptr<const Workspace>> definitions();
    /// The same where any problem is the error: for what must not be done with a part.
    Result<std::shared_ptr<const Workspace>> whole_definitions();
    /// The definitions as they are now, and from now on.
    Result<std::shared_ptr<const Workspace>> reload();

    Result<std::string> root();
    Result<std::string> data_path();
    Result<DataFolder*> data();

    Result<RunStores> run_stores();
    /// The same, for whoever reads the client's facts. Error warehouse.other_stores.
    Result<RunStores> run_stores_of(const ClientId& client);
    /// The same with a warehouse that can be filled: one that another version made, or that cannot
    /// be read, is deleted and made again, empty.
    Result<RunStores> run_stores_to_fill();
    /// Deletes the warehouse because of `reason` and tells `when_remade`; the stores are to be
    /// asked anew.
    Result<void> remake_warehouse(const Error& reason);

  private:
    Result<void> load();
    Result<KeptZones> kept_zones();

    Installation& installation_;
    Clock& clock_;
    const WorkspaceRequest request_;
    DataAccess access_ = DataAccess::writing;
    /// Shared with everyone who was given it: a reload takes it from none of them.
    std::shared_ptr<const Workspace> definitions_;
    std::vector<Error> problems_;  ///< Of the definitions that were loaded last.
    bool is_left_out_told_ = false;
    std::unique_ptr<DataFolder> data_;
};

/// Whether the warehouse is at fault and making it again from the log helps.
bool is_mended_by_remaking(const Error& error);

/// "meshline check lists 3 more problems."
std::string more_problems(std::size_t count);

}  // namespace meshline
