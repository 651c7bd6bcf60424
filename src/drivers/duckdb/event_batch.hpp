#pragma once

#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace meshline {

/// The events of the batch in the making, found by their position.
class EventBatch {
  public:
    struct Event {
        Position position = 0;
        std::string_view object_id;  ///< Owned by the batch's text arena.
        Instant occurred_at;
    };

    /// False when the position is there already.
    bool add(const Event& event);
    std::size_t size() const { return events_.size(); }
    const Event& operator[](std::size_t index) const { return events_[index]; }
    std::optional<std::size_t> find(Position position) const {
        if (events_.empty()) return std::nullopt;
        // Rows mostly come in the order of the events, several of one event after another.
        if (last_ < events_.size() && events_[last_].position == position) return last_;
        if (last_ + 1 < events_.size() && events_[last_ + 1].position == position) return ++last_;
        return search(position);
    }
    void clear();

  private:
    std::optional<std::size_t> search(Position position) const;
    void grow();

    std::vector<Event> events_;
    /// Open addressing: an event's index + 1, 0 for an empty slot. Its size is a power of two.
    std::vector<std::uint32_t> slots_;
    mutable std::size_t last_ = 0;
};

}  // namespace meshline
