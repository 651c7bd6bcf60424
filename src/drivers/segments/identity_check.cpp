#include "drivers/segments/identity_check.hpp"

#include "drivers/segments/read_block.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

Result<void> IdentityCheck::open(const ClientId& client, std::span<const Segment> segments,
                                 const LogHead& head, std::uint64_t memory_bytes_max) {
    auto opened = IdentityIndex::open(path_, FileMode::read, memory_bytes_max);
    if (!opened.ok() && !is_index_damage(opened.error())) return opened.error();
    if (!opened.ok()) {
        fault_ = opened.error();
        return {};
    }
    identities_ = std::move(opened).value();
    if (!identities_) return {};
    const LogHead& saved_at = identities_->saved_at();
    if (saved_at.position > head.position) {
        fault_ = index_ahead(path_, client, saved_at.position, head.position);
        return {};
    }
    MESHLINE_ASSIGN(const bool is_prefix, is_prefix_of(client, segments, head, saved_at));
    if (!is_prefix) note("it is that of another log");
    return {};
}

Result<void> IdentityCheck::check(const ClientId& client, const BlockLocation& block,
                                  Position first, const std::vector<Identity>& events) {
    // The slots lie anywhere in memory: asking for all of them first hides how far that is.
    for (const Identity& event : events)
        identities_->prefetch(event.key);
    Position position = first;
    for (const Identity& event : events) {
        if (!is_wanted(position)) return {};
        const Result<Position> held = identities_->find(event.key, event.payload_digest);
        if (!held.ok()) {
            fault_ = held.error();
        } else if (*held == 0 || *held > position) {
            note(fmt::format("it does not hold the event at position {}", position));
        } else if (*held < position) {
            return damage_error(client, block.path, block.offset, position, position,
                                fmt::format("it is the event at position {} again", *held));
        }
        ++position;
    }
    return {};
}

std::optional<Error> IdentityCheck::finish() {
    if (fault_ || !identities_) return fault_;
    const Result<std::uint64_t> slots = identities_->count_slots();
    if (!slots.ok()) return slots.error();
    const Position events = identities_->saved_at().position;
    if (*slots != events || identities_->count() != events)
        note(fmt::format("it holds {} events of {}", *slots, events));
    return fault_;
}

}  // namespace meshline
