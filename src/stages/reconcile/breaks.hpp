#pragma once

#include "core/stage/stage.hpp"
#include "stages/reconcile/items.hpp"

#include <vector>

namespace meshline {

/// A reconciliation whose other side is missing altogether breaks by the million, and nobody works
/// through a list of these.
inline constexpr int breaks_named_max = 1000;

/// The breaks of a reconciliation's stored results as findings, one each. Of a reason and currency
/// that has more than `breaks_named_max`, those with most money at risk one each, and all others as
/// one finding with their count and sum.
Result<std::vector<Finding>> find_breaks(StageContext& context,
                                         const ReconciliationDefinition& reconciliation,
                                         const Sides& sides);

}  // namespace meshline
