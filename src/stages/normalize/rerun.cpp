#include "stages/normalize/rerun.hpp"

#include "stages/normalize/normalize.hpp"
#include "stages/normalize/worker.hpp"

namespace meshline {

Result<void> read_events(StageContext& context, const PositionSet& positions,
                         const std::function<Result<void>(const Event&)>& take) {
    for (const PositionRange& range : positions.ranges()) {
        MESHLINE_ASSIGN(const auto cursor,
                        context.log.read(context.client.id, range.first, range.last));
        while (true) {
            Event event;
            MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
            if (!is_there) break;
            MESHLINE_TRY(take(event));
        }
    }
    return {};
}

Event as_received(const CaptureHistory& captures, Event event) {
    const Capture* found_by = captures.found_by(event.position);
    if (found_by != nullptr) event.received_at = found_by->opened_at;
    return event;
}

Result<NormalizedBatch> rerun(StageContext& context, const CaptureHistory& captures,
                              const PositionSet& positions) {
    NormalizedBatch all;
    NormalizeWorker worker(context.client, context.transforms, captures);
    LogBatch batch;
    const auto flush = [&]() -> Result<void> {
        if (batch.events.empty()) return {};
        MESHLINE_ASSIGN(NormalizedBatch became, worker.run(batch));
        all.absorb(std::move(became));
        batch = {};
        return {};
    };
    MESHLINE_TRY(read_events(context, positions, [&](const Event& event) -> Result<void> {
        batch.add(as_received(captures, event));
        batch.events.back().outcome = Outcome::added;
        return batch.is_full(NormalizeSizes().events_per_batch) ? flush() : Result<void>();
    }));
    MESHLINE_TRY(flush());
    all.drift.clear();
    return all;
}

}  // namespace meshline
