#pragma once

#include "core/captures/capture_history.hpp"
#include "core/stage/stage.hpp"

#include <string>
#include <vector>

namespace meshline {

/// The positions after `from` and up to the run's head at which events come to stand or fall
/// otherwise than by being captured: retractions, captures that found what did not stand, and those
/// that cover a period.
Result<std::vector<Position>> standing_acts(const std::vector<ReservedEvent>& events, Position from,
                                            Position head);

/// Takes up the act at `at`, whose events before it are facts already: what falls is negated at the
/// act's position, what stands again is booked there again, and identities, revisions, counts and
/// refusals are decided anew. In one transaction with the watermark. `events` are the reserved
/// events of the prefix.
Result<void> take_up_act(StageContext& context, const std::vector<ReservedEvent>& events,
                         Position at, const std::string& definitions);

}  // namespace meshline
