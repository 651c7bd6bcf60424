#pragma once

#include "base/merkle/merkle.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/ids.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/file.hpp"
#include "drivers/segments/segment.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace meshline {

/// The log.corrupt error for positions `first` to `last`, found at a byte of a file.
Error damage_error(const ClientId& client, const std::string& path, std::uint64_t offset,
                   Position first, Position last, const std::string& reason);

/// The same for a block that was found bad for `reason`; reads it again to name its first bad byte.
Error block_error(const ClientId& client, const BlockLocation& location, const std::string& reason);

/// The same for the header of a segment.
Error segment_header_error(const ClientId& client, const Segment& segment, Position last,
                           const std::string& reason);

/// Reads blocks, keeping the file and the buffer of the one before. Not safe from several threads.
class BlockSource {
  public:
    explicit BlockSource(const ClientId& client) : client_(client) {}

    /// Reads, checks and unpacks a block. Error log.corrupt with place and positions.
    Result<void> read(const BlockLocation& location, BlockPart part, Block& block);

  private:
    Result<void> read_bytes(const BlockLocation& location, BlockPart part);

    ClientId client_;
    File file_;
    std::string buffer_;
};

/// The tree of the first `position` events, taken up from the block that holds that position.
Result<MerkleFrontier> tree_at(const ClientId& client, const BlockLocation& location,
                               Position position);

/// Whether the log that ends at `head` begins with the one that ended at `earlier`.
Result<bool> is_prefix_of(const ClientId& client, std::span<const Segment> segments,
                          const LogHead& head, const LogHead& earlier);

}  // namespace meshline
