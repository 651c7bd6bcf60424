#pragma once

#include "core/workspace/definition_file.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Every name that a definition can refer to. Names come from files' names, so that a definition
/// with a problem of its own does not make others wrong.
struct KnownNames {
    std::optional<std::vector<std::string>>
        owners;  ///< Nothing when owners.yaml could not be read.
    std::vector<std::string> clients;
    std::vector<std::string> metrics;
    /// Of the metrics that could be read whether their values are money.
    std::map<std::string, bool> is_money;
    std::vector<std::string> reconciliations;
    std::vector<std::string> attributions;
    /// Client -> source -> its streams; nothing when the source's pack could not be read.
    using Streams = std::optional<std::vector<std::string>>;
    std::map<std::string, std::map<std::string, Streams>> sources;
    /// Not where a client's folder cannot be looked into; then any source may be there.
    bool are_sources_whole = true;
};

/// Reports each reference to something that is not there: workspace.unknown_owner,
/// workspace.unknown_metric and so on, with the nearest known name; and each metric that is money
/// beside one that is not, or the other way round: workspace.contradiction.
void resolve_references(const std::vector<Reference>& references, const KnownNames& known,
                        std::vector<Error>& problems);

}  // namespace meshline
