#pragma once

#include "core/stage/stage.hpp"
#include "stages/normalize/batch.hpp"

namespace meshline {

/// Writes a batch, the reversals it causes and the watermark in one transaction.
Result<void> commit_batch(StageContext& context, const NormalizedBatch& batch,
                          const Digest& definitions);

/// Forgets what was derived for the client, so that it is made again from the first event.
Result<void> forget_client(StageContext& context);

struct Watermark {
    Position position = 0;
    std::string definitions;
};
Result<Watermark> read_watermark(StageContext& context);

}  // namespace meshline
