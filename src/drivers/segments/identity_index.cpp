#include "drivers/segments/identity_index.hpp"

#include "base/result/check.hpp"
#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

namespace meshline {
namespace {

constexpr std::uint64_t capacity_min = 1024;
constexpr std::uint64_t position_mask = (1ULL << 47) - 1;
constexpr std::uint64_t further_payload = 1ULL << 47;
constexpr std::uint64_t slot_bytes = 32;
constexpr std::uint64_t slots_per_page = index_page_bytes / slot_bytes;

/// Linear probing stays short up to three quarters full.
bool is_roomy(std::uint64_t capacity, std::uint64_t count) {
    return count <= capacity / 4 * 3;
}

std::uint64_t capacity_for(std::uint64_t count) {
    return std::max(capacity_min, std::bit_ceil(count + count / 3 + 1));
}

}  // namespace

/// key, then 80 bits of the payload digest, then 1 bit "further payload" and 47 bits of position;
/// all zeros when empty, for a position is never 0.
struct IdentityIndex::Slot {
    IdentityKey key;
    std::uint64_t digest = 0;
    std::uint64_t tail = 0;

    Slot() = default;
    Slot(const IdentityKey& of, const Digest& payload_digest, Position position)
        : key(of), tail(position) {
        std::uint16_t digest_end = 0;
        std::memcpy(&digest, payload_digest.bytes.data(), sizeof(digest));
        std::memcpy(&digest_end, payload_digest.bytes.data() + sizeof(digest), 2);
        tail |= static_cast<std::uint64_t>(digest_end) << 48;
    }

    bool is_empty() const { return tail == 0; }
    Position position() const { return tail & position_mask; }
    bool is_further_payload() const { return (tail & further_payload) != 0; }
    bool has_payload_of(const Slot& other) const {
        return digest == other.digest && tail >> 48 == other.tail >> 48;
    }
};

IdentityKey identity_key(std::string_view source, std::string_view stream,
                         std::string_view event_id) {
    thread_local std::string text;
    text.clear();
    put_text(text, source);
    put_text(text, stream);
    text += event_id;
    const Digest digest = sha256(text);
    IdentityKey key;
    std::memcpy(&key, digest.bytes.data(), sizeof(key));
    return key;
}

Result<std::unique_ptr<IdentityIndex>> IdentityIndex::open(const std::string& path, FileMode mode,
                                                           std::uint64_t memory_bytes_max) {
    MESHLINE_ASSIGN(auto pages, IndexPages::open(path, mode, memory_bytes_max));
    const bool is_usable = pages && pages->count() * slots_per_page >= capacity_min &&
                           is_roomy(pages->count() * slots_per_page, pages->mark().entries);
    if (!is_usable) return std::unique_ptr<IdentityIndex>();
    return std::unique_ptr<IdentityIndex>(new IdentityIndex(std::move(pages)));
}

Result<std::unique_ptr<IdentityIndex>> IdentityIndex::create(const std::string& path,
                                                             std::uint64_t count,
                                                             std::uint64_t memory_bytes_max) {
    static_assert(sizeof(Slot) == slot_bytes);
    MESHLINE_ASSIGN(auto pages, IndexPages::create(path, memory_bytes_max));
    MESHLINE_TRY(pages->grow(capacity_for(count) / slots_per_page));
    return std::unique_ptr<IdentityIndex>(new IdentityIndex(std::move(pages)));
}

IdentityIndex::IdentityIndex(std::unique_ptr<IndexPages> pages)
    : pages_(std::move(pages)), count_(pages_->mark().entries) {
    take_pages();
}

void IdentityIndex::take_pages() {
    slots_ = reinterpret_cast<Slot*>(pages_->data());
    mask_ = pages_->count() * slots_per_page - 1;
}

Result<void> IdentityIndex::make_room(std::uint64_t count) {
    while (!is_roomy(mask_ + 1, count_ + count))
        MESHLINE_TRY(grow());
    return pages_->keep_within_memory();
}

void IdentityIndex::prefetch(const IdentityKey& key) const {
    __builtin_prefetch(&slots_[key.low & mask_], 1);
}

IdentityIndex::Slot* IdentityIndex::slot_at(std::uint64_t index) {
    return pages_->ready(index / slots_per_page) ? slots_ + index : nullptr;
}

std::uint64_t IdentityIndex::home_of(const Slot& slot) const {
    // An odd constant (2^64 / golden ratio) spreads the digest's bits over the whole word.
    const std::uint64_t further = slot.is_further_payload() ? slot.digest * 0x9e3779b97f4a7c15 : 0;
    return (slot.key.low ^ further) & mask_;
}

template <class Wanted>
IdentityIndex::Slot* IdentityIndex::search(std::uint64_t home, Wanted is_wanted) {
    for (std::uint64_t index = home;; index = (index + 1) & mask_) {
        Slot* const slot = slot_at(index);
        if (slot == nullptr || slot->is_empty() || is_wanted(*slot)) return slot;
    }
}

/// Looks at the first payload of the identity, then at the further ones; notes in `wanted` which of
/// the two it is.
IdentityIndex::Slot* IdentityIndex::place_of(Slot& wanted) {
    Slot* const first =
        search(home_of(wanted), [&](const Slot& slot) { return slot.key == wanted.key; });
    if (first == nullptr || first->is_empty() || first->has_payload_of(wanted)) return first;
    wanted.tail |= further_payload;
    return search(home_of(wanted), [&](const Slot& slot) {
        return slot.key == wanted.key && slot.has_payload_of(wanted);
    });
}

void IdentityIndex::put(Slot* into, const Slot& slot) {
    *into = slot;
    pages_->note_changed(static_cast<std::uint64_t>(into - slots_) / slots_per_page);
}

Result<void> IdentityIndex::insert(const Slot& slot) {
    Slot* const into = search(home_of(slot), [](const Slot&) { return false; });
    if (into == nullptr) return pages_->damage();
    put(into, slot);
    return {};
}

Appended IdentityIndex::outcome_at(const Slot& place, const Slot& wanted, bool has_revisions) {
    if (!place.is_empty()) return {Outcome::duplicate, place.position()};
    if (!wanted.is_further_payload()) return {Outcome::added, wanted.position()};
    return {has_revisions ? Outcome::revision : Outcome::conflict, wanted.position()};
}

Result<Appended> IdentityIndex::decide(const IdentityKey& key, const Digest& payload_digest,
                                       bool has_revisions, Position next) {
    MESHLINE_CHECK(next <= position_mask);
    Slot wanted(key, payload_digest, next);
    Slot* const place = place_of(wanted);
    if (place == nullptr) return pages_->damage();
    const Appended appended = outcome_at(*place, wanted, has_revisions);
    if (appended.outcome == Outcome::duplicate) return appended;
    put(place, wanted);
    ++count_;
    return appended;
}

Result<Appended> IdentityIndex::look_up(const IdentityKey& key, const Digest& payload_digest,
                                        bool has_revisions, Position next) {
    MESHLINE_CHECK(next <= position_mask);
    MESHLINE_TRY(pages_->keep_within_memory());
    Slot wanted(key, payload_digest, next);
    const Slot* const place = place_of(wanted);
    if (place == nullptr) return pages_->damage();
    return outcome_at(*place, wanted, has_revisions);
}

Result<Position> IdentityIndex::find(const IdentityKey& key, const Digest& payload_digest) {
    MESHLINE_TRY(pages_->keep_within_memory());
    Slot wanted(key, payload_digest, 0);
    const Slot* const place = place_of(wanted);
    if (place == nullptr) return pages_->damage();
    return place->is_empty() ? 0 : place->position();
}

/// Doubles the table where it lies. The home of a slot is its low bits, so an event stays or moves
/// up by the old capacity. Slots are taken out and put in again in order: when one is put in, all
/// below it are settled, so it lands on a settled chain without a hole. Those that had wrapped
/// around the old end, at the very start, wait until the rest is settled.
Result<void> IdentityIndex::grow() {
    const std::uint64_t capacity_before = mask_ + 1;
    const std::uint64_t mask_before = mask_;
    MESHLINE_TRY(pages_->grow(pages_->count() * 2));
    take_pages();
    const auto take_out = [&](std::uint64_t index) {
        const Slot taken = slots_[index];
        put(slots_ + index, Slot());
        return taken;
    };
    std::vector<Slot> wrapped;
    for (std::uint64_t index = 0; index < capacity_before; ++index) {
        const Slot* const slot = slot_at(index);
        if (slot == nullptr) return pages_->damage();
        if (slot->is_empty()) break;
        if ((home_of(*slot) & mask_before) > index) wrapped.push_back(take_out(index));
    }
    for (std::uint64_t index = 0; index < capacity_before; ++index) {
        if (index % slots_per_page == 0) MESHLINE_TRY(pages_->keep_within_memory());
        const Slot* const slot = slot_at(index);
        if (slot == nullptr) return pages_->damage();
        if (!slot->is_empty()) MESHLINE_TRY(insert(take_out(index)));
    }
    for (const Slot& slot : wrapped)
        MESHLINE_TRY(insert(slot));
    return {};
}

Result<std::uint64_t> IdentityIndex::count_slots() {
    std::uint64_t found = 0;
    for (std::uint64_t index = 0; index <= mask_; ++index) {
        if (index % slots_per_page == 0) MESHLINE_TRY(pages_->keep_within_memory());
        const Slot* const slot = slot_at(index);
        if (slot == nullptr) return pages_->damage();
        if (!slot->is_empty()) ++found;
    }
    return found;
}

Result<void> IdentityIndex::save(const LogHead& head) {
    return pages_->save({.head = head, .entries = count_});
}

}  // namespace meshline
