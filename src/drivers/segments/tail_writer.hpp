#pragma once

#include "base/merkle/merkle.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/file.hpp"
#include "drivers/segments/head_file.hpp"
#include "drivers/segments/recovery.hpp"
#include "drivers/segments/segment.hpp"
#include "drivers/segments/segment_options.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace meshline {

/// A block that is now in a segment.
struct WrittenBlock {
    Position segment_position = 0;  ///< The segment's first position.
    BlockPlace place;
    Position last_position = 0;
    std::uint64_t end = 0;
};

/// Writes blocks to the end of a partition, one call at a time.
class TailWriter {
  public:
    TailWriter(const ClientId& client, const std::string& folder, const SegmentOptions& options,
               const Recovered& recovered);

    /// Writes the blocks, which continue the log, syncs them with one fdatasync and then notes the
    /// new head. Begins a new segment where the present one is full. On an error (log.disk_full,
    /// log.write_failed) the writer takes back what it wrote, as far as the disk lets it, and is
    /// not to be used again.
    Result<std::vector<WrittenBlock>> write(std::span<PackedBlock> blocks);

    /// The end of what write() made durable.
    LogHead head() const { return {.position = tree_.size(), .root = tree_.root()}; }

    /// Leaves seals and a head that say that all is well. Before close() returns without an error
    /// the next opening looks for itself.
    Result<void> close();

  private:
    Result<std::vector<WrittenBlock>> write_and_sync(std::span<PackedBlock> blocks);
    Result<void> begin_segment(Position first_position);
    Result<void> end_segment();
    Result<void> flush();
    Result<void> mark(Ending ending);
    void take_back();

    const ClientId client_;
    const std::string folder_;
    const SegmentOptions options_;
    MerkleFrontier tree_;
    std::vector<Seal> seals_;

    File segment_;
    Position segment_position_ = 0;
    std::uint64_t segment_bytes_ = 0;  ///< Written or about to be.
    std::uint64_t durable_bytes_ = 0;  ///< Of the present segment.
    std::uint64_t reserved_bytes_ = 0;
    std::uint64_t pending_bytes_ = 0;
    std::vector<std::string_view> pending_;
    File head_;
    std::size_t next_head_line_ = 0;
};

}  // namespace meshline
