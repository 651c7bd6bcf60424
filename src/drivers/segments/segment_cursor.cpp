#include "drivers/segments/segment_cursor.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>

namespace meshline {

SegmentCursor::SegmentCursor(const Partition& partition, Position from, Position to)
    : partition_(partition),
      next_(std::max<Position>(from, 1)),
      last_(std::min(to, partition.head().position)),
      source_(partition.client()) {}

Result<bool> SegmentCursor::next(Event& event) {
    if (next_ > last_) return false;
    if (block_.events().empty() || block_.header().last_position() < next_) {
        MESHLINE_TRY(load(next_));
    }
    event = block_.events()[next_ - block_.header().first_position];
    ++next_;
    return true;
}

Result<void> SegmentCursor::load(Position position) {
    try {
        return source_.read(partition_.locate(position), BlockPart::everything, block_);
    } catch (const std::exception&) {
        return read_error(partition_.client().text(), ENOMEM);
    }
}

}  // namespace meshline
