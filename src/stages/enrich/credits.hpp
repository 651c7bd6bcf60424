#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

struct CreditCounts {
    std::int64_t orders = 0;
    std::int64_t changed = 0;  ///< Orders whose credit differs from before this run.
};

struct Credited {
    CreditCounts counts;
    std::vector<Finding> findings;  ///< Campaigns on touches that nobody knows.
};

/// Brings `credits` of the model up to date and marks the days of the orders that changed. An order
/// that no touch led to has no row.
Result<Credited> credit_last_touch(StageContext& context, const AttributionDefinition& model);

/// Forgets the credits of models that the workspace no longer has.
Result<void> forget_removed_models(StageContext& context);

}  // namespace meshline
