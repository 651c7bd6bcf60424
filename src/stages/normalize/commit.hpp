#pragma once

#include "core/captures/capture_history.hpp"
#include "core/stage/stage.hpp"
#include "stages/normalize/batch.hpp"

namespace meshline {

/// Writes a batch, the reversals it causes and the watermark in one transaction.
Result<void> commit_batch(StageContext& context, const CaptureHistory& captures,
                          NormalizedBatch batch, const Digest& definitions);

/// Writes the rows of a batch and nothing that follows from them; within the caller's transaction.
Result<void> write_batch(StageContext& context, const NormalizedBatch& batch);

/// Forgets what was derived for the client, so that it is made again from the first event.
Result<void> forget_client(StageContext& context);

struct Watermark {
    Position position = 0;
    std::string definitions;
};
Result<Watermark> read_watermark(StageContext& context);

}  // namespace meshline
