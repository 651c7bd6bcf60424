#pragma once

#include "operate/installation/open_workspace.hpp"
#include "operate/orchestrate/orchestrate.hpp"

#include <cstdint>
#include <vector>

namespace meshline {

/// A warehouse that was made again from the log.
struct Rebuild {
    std::vector<ClientReport> reports;  ///< Of every client, none with an error.
    std::int64_t recomputed = 0;        ///< Publications that came to the same digests again.
};

/// Goes on from a control store that lost acts, or is gone. True where something was lost.
Result<bool> accept_loss(OpenWorkspace& opened, Instant at);

/// Deletes the warehouse and runs every client over its whole log. The definitions have to be
/// whole; a client that cannot be run is the error.
Result<Rebuild> rebuild(OpenWorkspace& opened, const StageList& stages);

}  // namespace meshline
