#pragma once

#include "core/stage/stream_doubts.hpp"

#include <vector>

namespace meshline {

/// Objects whose state is one of several contents that state one revision and become other facts:
/// the later in the log counts, and nobody knows whether it is the later in truth. One finding per
/// stream and currency of what the contents differ by, until a greater revision comes.
Result<std::vector<Finding>> equal_revisions(StageContext& context, StreamDoubts& doubts);

}  // namespace meshline
