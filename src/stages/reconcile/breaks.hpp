#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

/// The breaks of a reconciliation's stored results as findings.
Result<std::vector<Finding>> find_breaks(StageContext& context,
                                         const ReconciliationDefinition& reconciliation);

}  // namespace meshline
