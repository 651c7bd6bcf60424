#pragma once

#include "model/market.hpp"
#include "model/standing_model.hpp"

namespace meshline {

/// What every item of the market's reconciliations comes to, told as Market::matched() does.
Told model_matches(const StandingModel& standing);

}  // namespace meshline
