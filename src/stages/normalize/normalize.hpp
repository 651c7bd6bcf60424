#pragma once

#include "core/stage/stage.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace meshline {

/// How much is taken at a time. What it comes to is the same for every size.
struct NormalizeSizes {
    /// Enough events that a statement's fixed cost does not show, few enough to fit the caches.
    std::size_t events_per_batch = 4096;
    /// Rows of one transaction: two of the warehouse's row groups (122,880 rows each), which it
    /// then writes once and compressed; fewer would go through its write-ahead log first.
    std::int64_t rows_per_commit = 250'000;
};

std::unique_ptr<Stage> make_normalize(const NormalizeSizes& sizes = {});

}  // namespace meshline
