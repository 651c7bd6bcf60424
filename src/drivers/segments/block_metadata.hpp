#pragma once

#include "core/model/event.hpp"
#include "drivers/segments/block.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The metadata of a block before compression; numbers are varints, signed ones zigzag.
///
///     number of kinds, then each: source, stream (length and bytes), contract digest (32 bytes),
///     has_revisions (1 byte)
///     then each event: kind, outcome | verdict << 4, event_id, object_id (length and bytes),
///     occurred_at and received_at in microseconds as the difference to the event before,
///     length of the payload
class MetadataWriter {
  public:
    void add(const Record& record);
    std::uint64_t size() const { return kinds_.size() + events_.size(); }
    bool is_empty() const { return events_.empty(); }
    /// The metadata of what was added; starts over.
    std::string finish();

  private:
    std::uint64_t kind_of(const EventDraft& draft);

    std::vector<const EventDraft*> kind_drafts_;
    std::string kinds_;
    std::string events_;
    std::int64_t occurred_at_before_ = 0;
    std::int64_t received_at_before_ = 0;
};

/// Fills `events` with `count` events and `payload_bytes` with their payloads' lengths; the texts
/// are views into `metadata`. False when the bytes are no such metadata.
bool read_metadata(std::string_view metadata, std::uint32_t count, std::vector<Event>& events,
                   std::vector<std::uint64_t>& payload_bytes);

}  // namespace meshline
