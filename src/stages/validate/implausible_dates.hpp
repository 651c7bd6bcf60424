#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

/// Live entries that are dated before the client's first day or more than a year after the log's
/// today, one finding per stream, book, currency and direction. They count on the day they say,
/// which is doubtful; where the client states its first day those before it are history that it
/// does not ask for, and doubt nothing.
Result<std::vector<Finding>> find_implausible_dates(StageContext& context);

}  // namespace meshline
