#pragma once

#include "core/eventlog/event_log.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/partition.hpp"
#include "drivers/segments/read_block.hpp"

namespace meshline {

/// Walks what was durable when it was made, one block in memory at a time.
class SegmentCursor : public EventCursor {
  public:
    SegmentCursor(const Partition& partition, Position from, Position to);
    Result<bool> next(Event& event) override;

  private:
    Result<void> load(Position position);

    const Partition& partition_;
    Position next_ = 0;
    Position last_ = 0;
    BlockSource source_;
    Block block_;
};

}  // namespace meshline
