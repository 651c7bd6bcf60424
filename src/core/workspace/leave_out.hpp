#pragma once

#include "core/workspace/definitions.hpp"

#include <string>
#include <vector>

namespace meshline {

/// Takes out of the workspace what has problems and what stands on it: a client with all its
/// sources where one of its files or packs has some, a metric whose attribution model has, a check
/// that asks such a metric, a report that shows it. What was taken out is in `left_out`, by kind
/// and name. `clients` are the folders below clients/.
void leave_out_broken(Workspace& workspace, const std::vector<std::string>& clients,
                      const std::vector<Error>& problems);

}  // namespace meshline
