#pragma once

#include "base/merkle/merkle.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/head_file.hpp"
#include "drivers/segments/segment.hpp"
#include "drivers/segments/segment_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A partition as it was found: whole, durable, and cut back to what is whole.
struct Recovered {
    std::vector<Segment> segments;
    std::vector<Seal> seals;
    MerkleFrontier tree;
    std::uint64_t removed_bytes = 0;  ///< Of a torn end that was cut off, or left out.
    Ending ending = Ending::closed;   ///< How it was left.
    std::size_t next_head_line = 0;   ///< As of HeadLines.

    LogHead head() const { return {.position = tree.size(), .root = tree.root()}; }
};

/// Brings a client's folder to a state to append to. A bad end that was never acknowledged is cut
/// off: what a write leaves that did not come to its end. Everything else that is not as it was
/// written is refused with log.corrupt, naming file, byte and positions: damage before good data,
/// missing positions or segments, an end before the last acknowledged position, another root.
/// With LogAccess::reading the end is only passed over, and no file changes.
Result<Recovered> recover_partition(const ClientId& client, const std::string& folder,
                                    LogAccess access = LogAccess::writing);

}  // namespace meshline
