#pragma once

#include "base/result/result.hpp"
#include "drivers/files/file_handle.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The bytes of a file as they lie on disk, through a buffer of fixed size.
class ByteSource {
  public:
    /// "-" is standard input. Errors: files.not_found, files.unreadable, files.is_folder.
    static Result<ByteSource> open(const std::string& path);

    /// What was read and not yet consumed.
    std::string_view ahead() const { return {buffer_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t size) { begin_ += size; }
    /// Reads until `size` bytes are ahead (at most the buffer's) or the file ends. Error
    /// files.read_failed.
    Result<void> look_ahead(std::size_t size);
    /// Bytes ahead first, then straight from the file. 0 at the end.
    Result<std::size_t> read(char* into, std::size_t size);

    /// Offset in the file of the first byte not yet consumed.
    std::int64_t offset() const { return read_total_ - static_cast<std::int64_t>(end_ - begin_); }
    const std::string& path() const { return path_; }
    /// Of the whole file; nothing where it is no regular one, or says that it holds nothing, which
    /// some of the system's own say whatever they hold.
    std::optional<std::uint64_t> size() const { return size_; }

  private:
    ByteSource(FileHandle file, std::string path, std::optional<std::uint64_t> size);
    Result<std::size_t> read_file(char* into, std::size_t size);

    FileHandle file_;
    std::string path_;
    std::optional<std::uint64_t> size_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::int64_t read_total_ = 0;
};

}  // namespace meshline
