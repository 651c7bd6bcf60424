#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>

// A namespace of its own: drivers/files has helpers of the same names, and one binary links both.
namespace meshline::inline segments {

/// What tells whether a file is still the one that was checked.
struct FileStamp {
    std::uint64_t bytes = 0;
    std::int64_t modified_ns = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

enum class FileMode : std::uint8_t { read, write, create };

/// An open file, read and written at offsets. Errors: log.disk_full (also for a file size limit),
/// log.write_failed, log.read_failed, with the path in `where`. Reading and writing are safe from
/// several threads.
class File {
  public:
    /// `write` makes a missing file, `create` also empties it.
    static Result<File> open(const std::string& path, FileMode mode);
    File() = default;
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }
    const std::string& path() const { return path_; }

    /// Fills `into` up to its size; what is missing at the end of the file is cut off.
    Result<void> read_at(std::uint64_t offset, std::size_t size, std::string& into) const;
    /// How many bytes there were.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const;
    /// Writes the pieces one after the other, all of them or an error.
    Result<void> write_at(std::uint64_t offset, std::span<const std::string_view> pieces);
    Result<void> sync_data();
    Result<void> truncate(std::uint64_t bytes);
    /// Sets space aside beyond the end without changing the size, so that a sync has less to
    /// record. A hint: what it cannot have it does without.
    void reserve(std::uint64_t offset, std::uint64_t bytes);
    Result<FileStamp> stamp() const;

  private:
    File(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}

    int descriptor_ = -1;
    std::string path_;
};

/// The Error for `errno` after a failed write to `path`.
Error write_error(const std::string& path, int error_number);
Error read_error(const std::string& path, int error_number);

Result<FileStamp> stamp_of(const std::string& path);

}  // namespace meshline::inline segments
