#pragma once

#include "core/ports/input_file.hpp"

#include <map>
#include <set>
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
    bool has_workspace = false;   ///< meshline.yaml
    bool has_owners = false;      ///< owners.yaml
    bool has_currencies = false;  ///< currencies.yaml, which a workspace need not have
    /// Whether every folder of definitions could be looked into: what would be in the others nobody
    /// knows, not even by name.
    bool is_whole = true;
    /// Paths that cannot be read or looked into; those of files are in the lists below, too.
    std::set<std::string> broken;
    std::map<std::string, Client> clients;
    /// "metrics", "checks", "reconciliations", "attribution", "reports".
    std::map<std::string, std::vector<NamedFile>> definitions;
    /// Pack -> paths within the pack.
    std::map<std::string, std::vector<std::string>> packs;
};

/// Folders of a workspace in which definitions are neither looked for nor missed.
extern const std::vector<std::string> workspace_folders_unread;

/// Sorts paths (relative to the workspace) by what they define. What lies where nothing belongs is
/// a problem, never ignored: workspace.unknown_folder, workspace.misplaced_file,
/// workspace.duplicate_name; so is what could not be listed, where a definition may have been.
WorkspaceFiles sort_workspace_files(FileList listed, std::vector<Error>& problems);

}  // namespace meshline
