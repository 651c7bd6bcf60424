#pragma once

#include "base/result/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace meshline {

/// A definition's file: `path` relative to the workspace, `name` without folder and ending.
struct NamedFile {
    std::string name;
    std::string path;
};

/// The files of a workspace by what they define, each list in order of path.
struct WorkspaceFiles {
    struct Client {
        bool has_definition = false;
        std::string path;  ///< clients/NAME/client.yaml
        std::vector<NamedFile> sources;
    };
    bool has_workspace = false;  ///< meshline.yaml
    bool has_owners = false;     ///< owners.yaml
    std::map<std::string, Client> clients;
    /// "metrics", "checks", "reconciliations", "attribution", "reports".
    std::map<std::string, std::vector<NamedFile>> definitions;
    /// Pack -> paths within the pack.
    std::map<std::string, std::vector<std::string>> packs;
};

/// Sorts paths (relative to the workspace) by what they define. What lies where nothing belongs is
/// a problem, never ignored: workspace.unknown_folder, workspace.misplaced_file,
/// workspace.duplicate_name.
WorkspaceFiles sort_workspace_files(const std::vector<std::string>& paths,
                                    std::vector<Error>& problems);

}  // namespace meshline
