#pragma once

#include "core/stage/stream_doubts.hpp"

#include <vector>

namespace meshline {

/// Captures that were interrupted, and coverages that took nothing back, until somebody has taken
/// the capture back or captured again.
Result<std::vector<Finding>> capture_findings(StageContext& context, StreamDoubts& doubts);

}  // namespace meshline
