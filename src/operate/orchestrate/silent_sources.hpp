#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

/// Sources that have been silent longer than a freshness check or their handoff allows, by the
/// clock of the run: one finding each. They tell an operator to look; no figure depends on them,
/// for a clock decides none. What the log itself shows to be stale is a finding of validate, and
/// left out.
Result<std::vector<Finding>> find_silent_sources(StageContext& context);

}  // namespace meshline
