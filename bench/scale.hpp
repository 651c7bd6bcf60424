#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <string>

namespace meshline::bench {

/// How much of everything a run measures with.
struct Scale {
    std::string name;
    std::int64_t captured_orders = 0;
    std::int64_t normalized_orders = 0;
    std::int64_t reconciled_keys = 0;  ///< On each side.
    std::int64_t published_entries = 0;
    std::int64_t late_events = 0;
    std::int64_t memory_orders = 0;
    int runs = 0;
    int quick_runs = 0;  ///< Of what takes less than a second.
};

/// "tiny" (does everything work), "small" (a first look) or "full" (what the goals speak of). Error
/// bench.unknown_scale.
Result<Scale> scale_named(const std::string& name);

}  // namespace meshline::bench
