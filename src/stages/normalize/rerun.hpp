#pragma once

#include "core/captures/capture_history.hpp"
#include "core/stage/stage.hpp"
#include "stages/normalize/batch.hpp"

#include <functional>

namespace meshline {

/// Reads events of the log by their positions, in order.
Result<void> read_events(StageContext& context, const PositionSet& positions,
                         const std::function<Result<void>(const Event&)>& take);

/// The event as of the capture that it stands by: received when that was.
Event as_received(const CaptureHistory& captures, Event event);

/// What the events become as the first of their identities, whatever they were when they came. Of
/// drift they had their say then.
Result<NormalizedBatch> rerun(StageContext& context, const CaptureHistory& captures,
                              const PositionSet& positions);

}  // namespace meshline
