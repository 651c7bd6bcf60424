#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

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
/// draft. A hash table in a mapped file, 32 bytes a slot, one slot an event; 10 million events take
/// 512 MiB. Derived from the log: it is used only when its header says that it was closed at the
/// log's present end, else it is filled again from the segments. Not safe from several threads.
///
/// The first event of an identity lies where its key leads, each further payload where key and
/// payload digest lead together, so that an object with thousands of revisions stays cheap. A
/// payload is told by 80 bits of its digest.
class IdentityIndex {
  public:
    /// The index as it was closed at `head`, or nothing when there is none like it.
    static Result<std::unique_ptr<IdentityIndex>> open(const std::string& path,
                                                       const LogHead& head);
    /// An empty index with room for `count` events.
    static Result<std::unique_ptr<IdentityIndex>> create(const std::string& path,
                                                         std::uint64_t count);
    ~IdentityIndex();
    IdentityIndex(const IdentityIndex&) = delete;
    IdentityIndex& operator=(const IdentityIndex&) = delete;

    /// Makes room for `count` more events and notes in the file, durably, that it is in use.
    /// Error log.disk_full; the index stays as it is.
    Result<void> make_room(std::uint64_t count);

    /// Brings the slot that the key leads to into the processor's cache ahead of decide().
    void prefetch(const IdentityKey& key) const;

    /// What becomes of a draft. Unless it is a duplicate it is entered with position `next`.
    /// Entering the events of a log in their order gives the index of that log.
    Appended decide(const IdentityKey& key, const Digest& payload_digest, bool has_revisions,
                    Position next);

    /// Gives the memory of the slots back to the system, which has them in the file's pages; using
    /// them again reads them again.
    void rest();

    /// Makes it durable as the index of a log that ends at `head`.
    Result<void> close(const LogHead& head);

  private:
    struct Slot;
    struct Header;

    IdentityIndex() = default;
    Result<void> map(std::uint64_t capacity);
    Result<void> grow();
    Header& header() const;
    std::uint64_t home_of(const Slot& slot) const;
    /// The first slot from `home` on that is wanted, or the empty one where the search ended.
    template <class Wanted>
    Slot& find(std::uint64_t home, Wanted is_wanted) const;
    void insert(const Slot& slot);

    File file_;
    void* mapped_ = nullptr;
    std::uint64_t mapped_bytes_ = 0;
    Slot* slots_ = nullptr;
    std::uint64_t mask_ = 0;
    std::uint64_t count_ = 0;
};

}  // namespace meshline
