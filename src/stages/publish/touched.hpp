#pragma once

#include "core/stage/stage.hpp"

#include <set>

namespace meshline {

/// Days of the metric that may have moved since `since`: days of its entries beyond that position,
/// and days whose credits or quarantine changed.
Result<std::set<BusinessDate>> touched_days(StageContext& context, const MetricDefinition& metric,
                                            Position since);

/// Every day the metric has entries on.
Result<std::set<BusinessDate>> all_days(StageContext& context, const MetricDefinition& metric);

Result<void> clear_touched_days(StageContext& context);

}  // namespace meshline
