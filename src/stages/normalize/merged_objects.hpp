#pragma once

#include "core/stage/stream_doubts.hpp"

#include <vector>

namespace meshline {

/// Objects that a record of type `merged` says another took the place of, and whose own entries
/// still stand beside those of the other. One finding per stream and currency.
Result<std::vector<Finding>> merged_objects(StageContext& context, StreamDoubts& doubts);

}  // namespace meshline
