#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

/// Rejected events of the client as findings: one per stream and cause for failed events and
/// transform failures, one per identity for conflicts.
Result<std::vector<Finding>> normalize_findings(StageContext& context);

}  // namespace meshline
