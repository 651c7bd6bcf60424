#pragma once

#include <cstdint>

namespace meshline {

/// With `reading` nothing is written to the log's folder, whatever its permissions say: a folder
/// that is missing is a log of nothing, a torn end is passed over and not cut off, and an index of
/// identities that does not fit is made again elsewhere.
enum class LogAccess : std::uint8_t { writing, reading };

struct SegmentOptions {
    LogAccess access = LogAccess::writing;
    /// A segment that has this many bytes is followed by a new one.
    std::uint64_t segment_bytes_max = 128ULL << 20;
    /// About how much one block unpacks to; at most a MiB (a single larger payload aside).
    std::uint64_t block_bytes_max = 1ULL << 20;
    /// Of zstd; negative ones are faster and pack less.
    int compression_level = 1;
    /// What the index of identities may take of the memory: that of 10 million events.
    std::uint64_t identity_bytes_max = 512ULL << 20;
};

}  // namespace meshline
