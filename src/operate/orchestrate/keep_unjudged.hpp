#pragma once

#include "core/stage/stage.hpp"

#include <string_view>
#include <vector>

namespace meshline {

/// Adds to a stage's findings the open exceptions that it could not look for, because the
/// definition that finds them has a problem: what nobody looked for is not healed.
Result<void> keep_unjudged(StageContext& context, std::string_view stage,
                           std::vector<Finding>& findings);

}  // namespace meshline
