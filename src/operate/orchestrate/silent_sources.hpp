#pragma once

#include "core/stage/stage.hpp"

#include <string_view>
#include <vector>

namespace meshline {

/// Under what name exceptions of silent sources are kept: they are of a run, not of a stage.
inline constexpr std::string_view watch_stage = "watch";

/// Sources that have been silent longer than a freshness check or their handoff allows, by the
/// clock of the run: one finding each. They tell an operator to look; no figure depends on them,
/// for a clock decides none. What the log itself shows to be stale is a finding of validate, and
/// left out.
Result<std::vector<Finding>> find_silent_sources(StageContext& context);

}  // namespace meshline
