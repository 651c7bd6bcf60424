#pragma once

#include "base/result/result.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/file.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Small enough that an append of few events reads little, large enough that one of many is not
/// spent on calls.
inline constexpr std::size_t index_page_bytes = 16 << 10;

/// What an index file says of itself: up to where of which log it was filled, and with how much.
struct IndexMark {
    LogHead head;
    std::uint64_t entries = 0;
};

/// The error log.index_damaged at a byte of an index file.
Error index_damage(const std::string& path, std::uint64_t offset, std::string_view what);

/// The error log.shorter_than_index: an index is only saved with events that are durable, so one
/// that knows more of them than the log holds is another log's, or the log lost its end.
Error index_ahead(const std::string& path, const ClientId& client, Position known, Position held);

/// The pages of an index file. All integers little endian.
///
///     page 0    u64 magic "MHIDX2"
///               u64               1 when the file is whole, 0 while it is being written
///               u64 n             number of pages, a power of two
///               u64               entries
///               u64, 32 bytes     position and root of the log that it is filled from
///               u64               XXH3-64 of the sums
///               u64               XXH3-64 of the bytes before, then zeros
///     pages     16 KiB x n
///     sums      u64 x n           XXH3-64 of each page
///
/// A page is read when it is first touched, and held against its sum then. What was touched stays
/// in memory, up to a limit, and changes reach the file when that is met, or by save(). So a file
/// that is not whole says so itself, and one that a power cut or the disk left otherwise shows by
/// its sums. Not safe from several threads.
class IndexPages {
  public:
    /// The pages of a whole file; nothing when there is none. Error log.index_damaged.
    static Result<std::unique_ptr<IndexPages>> open(const std::string& path, FileMode mode,
                                                    std::uint64_t memory_bytes_max);
    /// An empty file, whatever there was.
    static Result<std::unique_ptr<IndexPages>> create(const std::string& path,
                                                      std::uint64_t memory_bytes_max);
    ~IndexPages();
    IndexPages(const IndexPages&) = delete;
    IndexPages& operator=(const IndexPages&) = delete;

    const IndexMark& mark() const { return mark_; }
    std::uint64_t count() const { return states_.size(); }
    /// Adds pages of zeros up to `count`; moves data().
    Result<void> grow(std::uint64_t count);

    /// The pages, one after the other. Only those that were readied may be looked at, and only
    /// those that were noted as changed be changed.
    char* data() const { return memory_; }
    /// Brings the page into memory where it is not. False when it is not what was written or cannot
    /// be read; damage() says which.
    bool ready(std::uint64_t page) { return states_[page] != State::absent || load(page); }
    void note_changed(std::uint64_t page) { states_[page] = State::changed; }
    Error damage() const;

    /// Writes what changed and gives the memory back, where more of it is taken than the limit.
    /// What was readied is not any longer.
    Result<void> keep_within_memory();
    /// Makes the file whole and durable, as that of this mark. Does nothing where it is so already.
    Result<void> save(const IndexMark& mark);
    /// Gives the memory back. Only after save().
    void forget();

  private:
    enum class State : std::uint8_t { absent, unchanged, changed };
    enum class Wholeness : std::uint64_t { being_written, whole };

    IndexPages(File file, std::uint64_t memory_bytes_max)
        : file_(std::move(file)), memory_bytes_max_(memory_bytes_max) {}
    Result<bool> read_header();
    Result<void> write_header(Wholeness wholeness, const IndexMark& mark);
    Result<void> map(std::uint64_t count);
    bool load(std::uint64_t page);
    bool has_changes() const;
    Result<void> write_changes();
    std::string encoded_sums() const;

    File file_;
    std::uint64_t memory_bytes_max_;
    IndexMark mark_;
    bool is_whole_ = false;
    char* memory_ = nullptr;
    std::uint64_t loaded_ = 0;  ///< How many pages were readied since the last forget().
    std::vector<State> states_;
    std::vector<std::uint64_t> sums_;
    std::optional<Error> damage_;
};

}  // namespace meshline
