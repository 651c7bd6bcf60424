#include "drivers/segments/index_pages.hpp"

#define XXH_INLINE_ALL
#include "base/result/check.hpp"
#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <span>
#include <sys/mman.h>
#include <utility>
#include <xxhash.h>

namespace meshline {
namespace {

constexpr std::uint64_t index_magic = 0x32584449484d;         // "MHIDX2"
constexpr std::uint64_t index_magic_before = 0x31584449484d;  // "MHIDX1", made again
constexpr std::size_t header_bytes = 6 * sizeof(std::uint64_t) + 32 + sizeof(std::uint64_t);
constexpr std::uint64_t pages_max = 1ULL << 40;

std::uint64_t sum_of(const void* bytes, std::size_t size) {
    return XXH3_64bits(bytes, size);
}

/// Of a page that nothing was written to. Such a page is never read: its sum says all of it.
std::uint64_t zeros_sum() {
    static const std::uint64_t sum = [] {
        const std::array<char, index_page_bytes> zeros{};
        return sum_of(zeros.data(), zeros.size());
    }();
    return sum;
}

std::uint64_t offset_of(std::uint64_t page) {
    return (page + 1) * index_page_bytes;
}

}  // namespace

Error index_damage(const std::string& path, std::uint64_t offset, std::string_view what) {
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "log.index_damaged",
        .message = fmt::format("the index of the event log is damaged: {}", what),
        .hint = "It is made from the log: delete the file, and the next capture makes it again."}
        .at({.file = path, .offset = static_cast<std::int64_t>(offset)});
}

Error index_ahead(const std::string& path, const ClientId& client, Position known, Position held) {
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "log.shorter_than_index",
        .message = fmt::format("the event log of \"{}\" may be shorter than it was: it ends "
                               "at position {}, its index knows {} events",
                               client.text(), held, known),
        .hint =
            "Restore this client's log folder from a copy. Without one, delete the "
            "index: the log goes on from what it holds."}
        .at({.file = path});
}

Result<std::unique_ptr<IndexPages>> IndexPages::open(const std::string& path, FileMode mode,
                                                     std::uint64_t memory_bytes_max) {
    if (!stamp_of(path).ok()) return std::unique_ptr<IndexPages>();
    MESHLINE_ASSIGN(File file, File::open(path, mode));
    std::unique_ptr<IndexPages> pages(new IndexPages(std::move(file), memory_bytes_max));
    MESHLINE_ASSIGN(const bool is_whole, pages->read_header());
    if (!is_whole) pages.reset();
    return pages;
}

Result<std::unique_ptr<IndexPages>> IndexPages::create(const std::string& path,
                                                       std::uint64_t memory_bytes_max) {
    MESHLINE_ASSIGN(File file, File::open(path, FileMode::create));
    return std::unique_ptr<IndexPages>(new IndexPages(std::move(file), memory_bytes_max));
}

IndexPages::~IndexPages() {
    if (memory_ != nullptr) ::munmap(memory_, count() * index_page_bytes);
}

/// False for a file that was never made whole, or is of the format of before.
Result<bool> IndexPages::read_header() {
    const auto damaged_at = [&](std::uint64_t offset, std::string_view what) {
        return index_damage(file_.path(), offset, what);
    };
    std::string bytes;
    MESHLINE_TRY(file_.read_at(0, index_page_bytes, bytes));
    if (bytes.find_first_not_of('\0') == std::string::npos) return false;
    ByteReader reader(bytes);
    const auto magic = reader.integer<std::uint64_t>();
    if (magic == index_magic_before) return false;
    const auto wholeness = reader.integer<std::uint64_t>();
    const auto pages = reader.integer<std::uint64_t>();
    mark_.entries = reader.integer<std::uint64_t>();
    mark_.head.position = reader.integer<std::uint64_t>();
    std::ranges::copy(reader.take(mark_.head.root.bytes.size()), mark_.head.root.bytes.begin());
    const auto sums_sum = reader.integer<std::uint64_t>();
    const auto header_sum = reader.integer<std::uint64_t>();
    if (!reader.is_good() || magic != index_magic ||
        sum_of(bytes.data(), header_bytes - sizeof(header_sum)) != header_sum ||
        bytes.find_first_not_of('\0', header_bytes) != std::string::npos) {
        return damaged_at(0, "its header is not what was written");
    }
    if (wholeness == 0) return false;
    if (!std::has_single_bit(pages) || pages > pages_max) {
        return damaged_at(0, "its header is not what was written");
    }
    const std::uint64_t sums_at = offset_of(pages);
    const std::uint64_t sums_bytes = pages * sizeof(std::uint64_t);
    MESHLINE_ASSIGN(const FileStamp stamp, file_.stamp());
    if (stamp.bytes != sums_at + sums_bytes) {
        return damaged_at(std::min(stamp.bytes, sums_at + sums_bytes), "it has another length");
    }
    MESHLINE_TRY(file_.read_at(sums_at, sums_bytes, bytes));
    if (bytes.size() != sums_bytes || sum_of(bytes.data(), sums_bytes) != sums_sum) {
        return damaged_at(sums_at, "its checksums are not what was written");
    }
    MESHLINE_TRY(map(pages));
    std::memcpy(sums_.data(), bytes.data(), sums_bytes);
    is_whole_ = true;
    return true;
}

Result<void> IndexPages::write_header(Wholeness wholeness, const IndexMark& mark) {
    const std::string sums = encoded_sums();
    std::string header;
    put_integer(header, index_magic);
    put_integer(header, static_cast<std::uint64_t>(wholeness));
    put_integer<std::uint64_t>(header, count());
    put_integer(header, mark.entries);
    put_integer(header, mark.head.position);
    header += mark.head.root.view();
    put_integer(header, sum_of(sums.data(), sums.size()));
    put_integer(header, sum_of(header.data(), header.size()));
    MESHLINE_TRY(file_.write_at(0, std::array<std::string_view, 1>{header}));
    return file_.sync_data();
}

std::string IndexPages::encoded_sums() const {
    std::string bytes(sums_.size() * sizeof(std::uint64_t), '\0');
    std::memcpy(bytes.data(), sums_.data(), bytes.size());
    return bytes;
}

Result<void> IndexPages::map(std::uint64_t count) {
    const std::uint64_t bytes = count * index_page_bytes;
    void* const mapped =
        memory_ == nullptr
            ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
            : ::mremap(memory_, this->count() * index_page_bytes, bytes, MREMAP_MAYMOVE);
    if (mapped == MAP_FAILED) return write_error(file_.path(), errno);
    memory_ = static_cast<char*>(mapped);
    // Pages are touched in no order: a huge one would be cleared for the sake of a few slots.
    ::madvise(mapped, bytes, MADV_NOHUGEPAGE);
    states_.resize(count, State::absent);
    sums_.resize(count, zeros_sum());
    return {};
}

Result<void> IndexPages::grow(std::uint64_t count) {
    MESHLINE_CHECK(count > this->count());
    return map(count);
}

bool IndexPages::load(std::uint64_t page) {
    ++loaded_;
    if (sums_[page] != zeros_sum()) {
        const std::span<char> bytes(memory_ + page * index_page_bytes, index_page_bytes);
        const Result<std::size_t> read = file_.read_at(offset_of(page), bytes);
        const bool is_good =
            read.ok() && *read == bytes.size() && sum_of(bytes.data(), bytes.size()) == sums_[page];
        if (!is_good) {
            damage_ = index_damage(file_.path(), offset_of(page), "a page is not what was written");
            if (!read.ok()) damage_ = std::move(*damage_).because(read.error());
            return false;
        }
    }
    states_[page] = State::unchanged;
    return true;
}

Error IndexPages::damage() const {
    MESHLINE_CHECK(damage_.has_value());
    return *damage_;
}

bool IndexPages::has_changes() const {
    return std::ranges::find(states_, State::changed) != states_.end();
}

/// Runs of changed pages are written with one call each. Before the first of them the file is
/// marked, durably, as not whole.
Result<void> IndexPages::write_changes() {
    if (!has_changes()) return {};
    if (is_whole_) {
        MESHLINE_TRY(write_header(Wholeness::being_written, mark_));
        is_whole_ = false;
    }
    for (std::uint64_t page = 0; page < count(); ++page) {
        std::uint64_t end = page;
        for (; end < count() && states_[end] == State::changed; ++end) {
            sums_[end] = sum_of(memory_ + end * index_page_bytes, index_page_bytes);
        }
        if (end == page) continue;
        const std::string_view run(memory_ + page * index_page_bytes,
                                   (end - page) * index_page_bytes);
        MESHLINE_TRY(file_.write_at(offset_of(page), std::array<std::string_view, 1>{run}));
        std::fill(states_.begin() + static_cast<std::ptrdiff_t>(page),
                  states_.begin() + static_cast<std::ptrdiff_t>(end), State::unchanged);
        page = end;
    }
    return {};
}

Result<void> IndexPages::keep_within_memory() {
    if (loaded_ * index_page_bytes <= memory_bytes_max_) return {};
    MESHLINE_TRY(write_changes());
    forget();
    return {};
}

Result<void> IndexPages::save(const IndexMark& mark) {
    const bool is_same_log =
        mark.head.position == mark_.head.position && mark.head.root == mark_.head.root;
    if (is_whole_ && is_same_log && !has_changes()) return {};
    MESHLINE_TRY(write_changes());
    const std::string sums = encoded_sums();
    MESHLINE_TRY(file_.write_at(offset_of(count()), std::array<std::string_view, 1>{sums}));
    MESHLINE_TRY(file_.truncate(offset_of(count()) + sums.size()));
    // All of it must be on the disk before the header says that it is.
    MESHLINE_TRY(file_.sync_data());
    MESHLINE_TRY(write_header(Wholeness::whole, mark));
    mark_ = mark;
    is_whole_ = true;
    return {};
}

void IndexPages::forget() {
    // Anonymous memory that is given back reads as zeros again, as a page of zeros is expected to.
    if (memory_ != nullptr) ::madvise(memory_, count() * index_page_bytes, MADV_DONTNEED);
    std::ranges::fill(states_, State::absent);
    loaded_ = 0;
}

}  // namespace meshline
