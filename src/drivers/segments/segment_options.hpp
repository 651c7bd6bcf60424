#pragma once

#include <cstdint>

namespace meshline {

/// What may become of the files. For reading, nothing is made, cut off, synced or sealed, whatever
/// the times of the files say; a torn end is not there.
enum class LogAccess : std::uint8_t { writing, reading };

struct SegmentOptions {
    /// A segment that has this many bytes is followed by a new one.
    std::uint64_t segment_bytes_max = 128ULL << 20;
    /// About how much one block unpacks to; at most a MiB (a single larger payload aside).
    std::uint64_t block_bytes_max = 1ULL << 20;
    /// Of zstd; negative ones are faster and pack less.
    int compression_level = 1;
    /// What the index of identities may take of the memory: that of 10 million events.
    std::uint64_t identity_bytes_max = 512ULL << 20;
    LogAccess access = LogAccess::writing;
};

}  // namespace meshline
