#include "drivers/segments/identity_index.hpp"

#include "base/result/check.hpp"
#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <utility>
#include <vector>

namespace meshline {
namespace {

constexpr std::uint64_t index_magic = 0x31584449484d;  // "MHIDX1"
constexpr std::uint64_t index_header_bytes = 4096;
constexpr std::uint64_t capacity_min = 1024;
constexpr std::uint64_t position_mask = (1ULL << 47) - 1;
constexpr std::uint64_t further_payload = 1ULL << 47;

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

    bool is_empty() const { return tail == 0; }
    Position position() const { return tail & position_mask; }
    bool is_further_payload() const { return (tail & further_payload) != 0; }
    bool has_payload_of(const Slot& other) const {
        return digest == other.digest && tail >> 48 == other.tail >> 48;
    }
};

/// The first bytes of the file; the rest of its page is zero.
struct IdentityIndex::Header {
    std::uint64_t magic = 0;
    std::uint64_t is_closed = 0;
    std::uint64_t capacity = 0;
    std::uint64_t count = 0;
    Position position = 0;
    Digest root;
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

Result<std::unique_ptr<IdentityIndex>> IdentityIndex::open(const std::string& path,
                                                           const LogHead& head) {
    const Result<FileStamp> stamp = stamp_of(path);
    if (!stamp.ok() || stamp->bytes < index_header_bytes) return std::unique_ptr<IdentityIndex>();
    std::unique_ptr<IdentityIndex> index(new IdentityIndex());
    MESHLINE_ASSIGN(index->file_, File::open(path, FileMode::write));
    std::string bytes;
    MESHLINE_TRY(index->file_.read_at(0, sizeof(Header), bytes));
    Header header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    const bool is_usable = header.magic == index_magic && header.is_closed == 1 &&
                           header.position == head.position && header.root == head.root &&
                           header.capacity >= capacity_min &&
                           std::has_single_bit(header.capacity) &&
                           stamp->bytes == index_header_bytes + header.capacity * sizeof(Slot) &&
                           is_roomy(header.capacity, header.count);
    if (!is_usable) return std::unique_ptr<IdentityIndex>();
    MESHLINE_TRY(index->map(header.capacity));
    index->count_ = header.count;
    return index;
}

Result<std::unique_ptr<IdentityIndex>> IdentityIndex::create(const std::string& path,
                                                             std::uint64_t count) {
    std::unique_ptr<IdentityIndex> index(new IdentityIndex());
    MESHLINE_ASSIGN(index->file_, File::open(path, FileMode::create));
    MESHLINE_TRY(index->map(capacity_for(count)));
    index->header().magic = index_magic;
    return index;
}

IdentityIndex::~IdentityIndex() {
    if (mapped_ != nullptr) ::munmap(mapped_, mapped_bytes_);
}

/// Gives the file room for `capacity` slots and maps it.
Result<void> IdentityIndex::map(std::uint64_t capacity) {
    const std::uint64_t bytes = index_header_bytes + capacity * sizeof(Slot);
    // Space the disk does not have must be refused here: a write to a mapped page cannot fail, it
    // ends the process.
    const int failed = ::posix_fallocate(file_.descriptor(), 0, static_cast<off_t>(bytes));
    if (failed != 0) return write_error(file_.path(), failed);
    void* const mapped =
        mapped_ == nullptr
            ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file_.descriptor(), 0)
            : ::mremap(mapped_, mapped_bytes_, bytes, MREMAP_MAYMOVE);
    if (mapped == MAP_FAILED) return write_error(file_.path(), errno);
    // Slots are met in no order; reading ahead would only fill the memory.
    ::madvise(mapped, bytes, MADV_RANDOM);
    mapped_ = mapped;
    mapped_bytes_ = bytes;
    slots_ = reinterpret_cast<Slot*>(static_cast<char*>(mapped) + index_header_bytes);
    mask_ = capacity - 1;
    header().capacity = capacity;
    return {};
}

IdentityIndex::Header& IdentityIndex::header() const {
    return *static_cast<Header*>(mapped_);
}

Result<void> IdentityIndex::make_room(std::uint64_t count) {
    if (header().is_closed != 0) {
        header().is_closed = 0;
        if (::msync(mapped_, index_header_bytes, MS_SYNC) != 0) {
            return write_error(file_.path(), errno);
        }
    }
    while (!is_roomy(mask_ + 1, count_ + count))
        MESHLINE_TRY(grow());
    return {};
}

void IdentityIndex::prefetch(const IdentityKey& key) const {
    __builtin_prefetch(&slots_[key.low & mask_], 1);
}

std::uint64_t IdentityIndex::home_of(const Slot& slot) const {
    // An odd constant (2^64 / golden ratio) spreads the digest's bits over the whole word.
    const std::uint64_t further = slot.is_further_payload() ? slot.digest * 0x9e3779b97f4a7c15 : 0;
    return (slot.key.low ^ further) & mask_;
}

template <class Wanted>
IdentityIndex::Slot& IdentityIndex::find(std::uint64_t home, Wanted is_wanted) const {
    std::uint64_t index = home;
    while (!slots_[index].is_empty() && !is_wanted(slots_[index])) {
        index = (index + 1) & mask_;
    }
    return slots_[index];
}

void IdentityIndex::insert(const Slot& slot) {
    find(home_of(slot), [](const Slot&) { return false; }) = slot;
}

Appended IdentityIndex::decide(const IdentityKey& key, const Digest& payload_digest,
                               bool has_revisions, Position next) {
    MESHLINE_CHECK(next <= position_mask);
    Slot wanted{.key = key, .tail = next};
    std::uint16_t digest_end = 0;
    std::memcpy(&wanted.digest, payload_digest.bytes.data(), sizeof(wanted.digest));
    std::memcpy(&digest_end, payload_digest.bytes.data() + sizeof(wanted.digest), 2);
    wanted.tail |= static_cast<std::uint64_t>(digest_end) << 48;

    Slot& first = find(home_of(wanted), [&](const Slot& slot) { return slot.key == key; });
    if (first.is_empty()) {
        first = wanted;
        ++count_;
        return {.outcome = Outcome::added, .position = next};
    }
    if (first.has_payload_of(wanted)) {
        return {.outcome = Outcome::duplicate, .position = first.position()};
    }
    wanted.tail |= further_payload;
    Slot& further = find(home_of(wanted), [&](const Slot& slot) {
        return slot.key == key && slot.has_payload_of(wanted);
    });
    if (!further.is_empty()) {
        return {.outcome = Outcome::duplicate, .position = further.position()};
    }
    further = wanted;
    ++count_;
    return {.outcome = has_revisions ? Outcome::revision : Outcome::conflict, .position = next};
}

/// Doubles the table where it lies. The home of a slot is its low bits, so an event stays or moves
/// up by the old capacity. Slots are taken out and put in again in order: when one is put in, all
/// below it are settled, so it lands on a settled chain without a hole. Those that had wrapped
/// around the old end, at the very start, wait until the rest is settled.
Result<void> IdentityIndex::grow() {
    const std::uint64_t capacity_before = mask_ + 1;
    std::vector<Slot> wrapped;
    MESHLINE_TRY(map(capacity_before * 2));
    const std::uint64_t mask_before = capacity_before - 1;
    for (std::uint64_t index = 0; index < capacity_before && !slots_[index].is_empty(); ++index) {
        if ((home_of(slots_[index]) & mask_before) > index) {
            wrapped.push_back(std::exchange(slots_[index], Slot{}));
        }
    }
    for (std::uint64_t index = 0; index < capacity_before; ++index) {
        if (slots_[index].is_empty()) continue;
        insert(std::exchange(slots_[index], Slot{}));
    }
    for (const Slot& slot : wrapped)
        insert(slot);
    return {};
}

void IdentityIndex::rest() {
    // What is not taken back costs memory only.
    static_cast<void>(::madvise(mapped_, mapped_bytes_, MADV_DONTNEED));
}

Result<void> IdentityIndex::close(const LogHead& head) {
    header().count = count_;
    header().position = head.position;
    header().root = head.root;
    // The slots must be on the disk before the header says that they are.
    if (::msync(mapped_, mapped_bytes_, MS_SYNC) != 0) return write_error(file_.path(), errno);
    header().is_closed = 1;
    if (::msync(mapped_, index_header_bytes, MS_SYNC) != 0) return write_error(file_.path(), errno);
    return {};
}

}  // namespace meshline
