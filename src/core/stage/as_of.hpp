#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/stage/stage.hpp"

namespace meshline {

/// The date as the prefix knows it: the business date of the latest received_at among the client's
/// events up to the head. Due dates, freshness and settling are judged by it, never by the clock,
/// so the same prefix gives the same answer at any time.
Result<BusinessDate> as_of(StageContext& context);
Result<Instant> latest_received_at(StageContext& context);

}  // namespace meshline
