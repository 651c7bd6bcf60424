#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

struct CreditCounts {
    std::int64_t orders = 0;
    std::int64_t changed = 0;  ///< Orders whose credit differs from before this run.
};

/// Brings `credits` of the model up to date and marks the days of the orders that changed.
Result<CreditCounts> credit_last_touch(StageContext& context, const AttributionDefinition& model);

/// Campaigns on touches that nobody knows.
Result<std::vector<Finding>> find_unknown_campaigns(StageContext& context,
                                                    const AttributionDefinition& model);

}  // namespace meshline
