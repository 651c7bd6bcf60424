#include "drivers/duckdb/event_batch.hpp"

#include "drivers/duckdb/slot.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t slots_min = 1024;

}  // namespace

bool EventBatch::add(const Event& event) {
    // Half of the slots stay empty, which keeps the search short.
    if ((events_.size() + 1) * 2 > slots_.size()) grow();
    std::size_t slot = slot_of(event.position, slots_.size());
    while (slots_[slot] != 0) {
        if (events_[slots_[slot] - 1].position == event.position) return false;
        slot = (slot + 1) & (slots_.size() - 1);
    }
    events_.push_back(event);
    slots_[slot] = static_cast<std::uint32_t>(events_.size());
    return true;
}

std::optional<std::size_t> EventBatch::search(Position position) const {
    std::size_t slot = slot_of(position, slots_.size());
    while (slots_[slot] != 0) {
        const std::size_t index = slots_[slot] - 1;
        if (events_[index].position == position) {
            last_ = index;
            return index;
        }
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return std::nullopt;
}

void EventBatch::grow() {
    slots_.assign(std::max(slots_min, slots_.size() * 2), 0);
    for (std::size_t index = 0; index < events_.size(); ++index) {
        std::size_t slot = slot_of(events_[index].position, slots_.size());
        while (slots_[slot] != 0)
            slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = static_cast<std::uint32_t>(index + 1);
    }
}

void EventBatch::clear() {
    events_.clear();
    std::ranges::fill(slots_, 0);
    last_ = 0;
}

}  // namespace meshline
