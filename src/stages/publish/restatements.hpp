#pragma once

#include "core/stage/stage.hpp"

#include <utility>
#include <vector>

namespace meshline {

/// How long a restatement stays among the open exceptions.
inline constexpr int restatement_shown_days = 14;

/// Every act of a metric, in order.
using MetricHistory = std::pair<const MetricDefinition*, std::vector<Publication>>;

/// Restated days of the client, one finding per day with every metric that moved: the value that
/// was verified, the live value, the events that came between the two, and zone rules that changed.
/// A day whose figures are back at what was verified is no finding.
Result<std::vector<Finding>> find_restatements(StageContext& context,
                                               const std::vector<MetricHistory>& histories);

}  // namespace meshline
