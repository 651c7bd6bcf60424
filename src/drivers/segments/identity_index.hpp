#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/file.hpp"
#include "drivers/segments/index_pages.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace meshline {

/// The first 128 bits of SHA-256 over (source, stream, event_id).
struct IdentityKey {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(const IdentityKey&, const IdentityKey&) = default;
};

IdentityKey identity_key(std::string_view source, std::string_view stream,
                         std::string_view event_id);

/// Which payloads of which identities a partition holds, and where: what decides the outcome of a
/// draft. A hash table in the pages of a file, 32 bytes a slot, one slot an event; 10 million
/// events take 512 MiB. Derived from the log: a file that is not whole, is damaged or does not fit
/// is filled again from the segments. Not safe from several threads.
///
/// The first event of an identity lies where its key leads, each further payload where key and
/// payload digest lead together, so that an object with thousands of revisions stays cheap. A
/// payload is told by 80 bits of its digest.
class IdentityIndex {
  public:
    /// The index as it was saved, or nothing when there is none. With FileMode::read it can only be
    /// looked into. Error log.index_damaged.
    static Result<std::unique_ptr<IdentityIndex>> open(const std::string& path, FileMode mode,
                                                       std::uint64_t memory_bytes_max);
    /// An empty index with room for `count` events.
    static Result<std::unique_ptr<IdentityIndex>> create(const std::string& path,
                                                         std::uint64_t count,
                                                         std::uint64_t memory_bytes_max);

    /// The log whose events it held when it was saved.
    const LogHead& saved_at() const { return pages_->mark().head; }
    /// How many payloads it holds.
    std::uint64_t count() const { return count_; }

    /// Makes room for `count` more events. Errors log.disk_full, log.write_failed,
    /// log.index_damaged.
    Result<void> make_room(std::uint64_t count);

    /// Brings the slot that the key leads to into the processor's cache ahead of decide().
    void prefetch(const IdentityKey& key) const;

    /// What becomes of a draft. Unless it is a duplicate it is entered with position `next`.
    /// Entering the events of a log in their order gives the index of that log. Error
    /// log.index_damaged: then it is of no use any longer.
    Result<Appended> decide(const IdentityKey& key, const Digest& payload_digest,
                            bool has_revisions, Position next);

    /// What decide() would say; enters nothing. Error log.index_damaged.
    Result<Appended> look_up(const IdentityKey& key, const Digest& payload_digest,
                             bool has_revisions, Position next);

    /// Where the payload of that identity is held, 0 when it is not. Error log.index_damaged.
    Result<Position> find(const IdentityKey& key, const Digest& payload_digest);

    /// Looks at every slot, so that every page is held against its checksum, and counts those in
    /// use. Error log.index_damaged.
    Result<std::uint64_t> count_slots();

    /// Makes it durable as the index of a log that ends at `head`.
    Result<void> save(const LogHead& head);
    /// Gives the memory back once it is saved; what is touched again is read again.
    void forget() { pages_->forget(); }

  private:
    struct Slot;

    explicit IdentityIndex(std::unique_ptr<IndexPages> pages);
    void take_pages();
    Result<void> grow();
    Slot* slot_at(std::uint64_t index);
    std::uint64_t home_of(const Slot& slot) const;
    /// The first slot from `home` on that is wanted, or the empty one where the search ended;
    /// nothing where a page is damaged.
    template <class Wanted>
    Slot* search(std::uint64_t home, Wanted is_wanted);
    /// As of search(), for the slot that holds this payload or would hold it.
    Slot* place_of(Slot& wanted);
    static Appended outcome_at(const Slot& place, const Slot& wanted, bool has_revisions);
    void put(Slot* into, const Slot& slot);
    Result<void> insert(const Slot& slot);

    std::unique_ptr<IndexPages> pages_;
    Slot* slots_ = nullptr;
    std::uint64_t mask_ = 0;
    std::uint64_t count_ = 0;
};

/// Whether it is the index that is at fault, which is then made again from the segments.
inline bool is_index_damage(const Error& error) {
    return error.code == "log.index_damaged";
}

}  // namespace meshline
