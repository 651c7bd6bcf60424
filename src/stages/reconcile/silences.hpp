#pragma once

#include "stages/reconcile/items.hpp"
#include "stages/reconcile/settling_dates.hpp"

#include <vector>

namespace meshline {

/// Items that are overdue while the streams of the side they wait for are silent: one finding per
/// side and currency, for they have one cause. They become breaks, or matches, when a later record
/// of that side comes.
Result<std::vector<Finding>> find_silences(StageContext& context,
                                           const ReconciliationDefinition& reconciliation,
                                           const Sides& sides, const SettlingDates& dates);

}  // namespace meshline
