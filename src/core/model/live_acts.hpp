#pragma once

#include "core/model/publication.hpp"

#include <vector>

namespace meshline {

/// What is live of acts that may cover the same days: of each metric, grain and day the act with
/// the greatest sequence, cut to the days on which it is (`period` and `through`; all else as it
/// was published). By metric, grain and period; no two of a metric and grain share a day.
std::vector<Publication> live_acts(std::vector<Publication> acts);

}  // namespace meshline
