#pragma once

#include "stages/validate/check.hpp"

namespace meshline {

/// The checks and reconciliations of the workspace that cannot be run because their definitions
/// have problems. What they would have said nobody knows, so each is an open exception that doubts
/// every day of every book; what a check held at the last run stays held.
Result<Checked> unjudged_gates(StageContext& context);

}  // namespace meshline
