#pragma once

#include "base/result/result.hpp"
#include "core/ports/input_file.hpp"
#include "core/workspace/definitions.hpp"
#include "core/workspace/kept_zones.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

struct LoadedWorkspace {
    /// What can be used: all that neither has problems nor stands on what has some; the rest is in
    /// its `left_out`. Missing where meshline.yaml or owners.yaml cannot be read, for nothing
    /// stands without them, or the folder cannot.
    std::optional<Workspace> workspace;
    /// All of them, each with file, line, column, hint and code, in order of file and line.
    std::vector<Error> problems;
    int file_count = 0;
};

/// Reads every definition below `root` strictly: unknown keys (with the nearest known), missing
/// owners, names that refer to nothing, wrong types, files in the wrong place. Zones have the rules
/// in `zones`, others the machine's.
LoadedWorkspace load_workspace(const std::string& root, FileSystem& files,
                               const KeptZones& zones = {});

/// The folder that holds meshline.yaml, from `start` (an absolute path) upward. Error
/// workspace.not_found.
Result<std::string> find_workspace(const std::string& start, FileSystem& files);

}  // namespace meshline
