#include "drivers/files/byte_source.hpp"

#include "drivers/files/file_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meshline {
namespace {

constexpr std::size_t buffer_size = 256 * 1024;

}  // namespace

ByteSource::ByteSource(FileHandle file, std::string path, std::optional<std::uint64_t> size)
    : file_(std::move(file)), path_(std::move(path)), size_(size), buffer_(buffer_size) {}

Result<ByteSource> ByteSource::open(const std::string& path) {
    const bool is_input = path == "-";
    FileHandle file(is_input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                             : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const std::string name = is_input ? "standard input" : path;
    if (!file.is_open()) return open_error(name, errno);
    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0) return open_error(name, errno);
    if (S_ISDIR(status.st_mode)) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "files.is_folder",
                     .message = fmt::format("\"{}\" is a folder", name),
                     .hint = "Name a file in it."};
    }
    std::optional<std::uint64_t> size;
    // Standard input may be a file of which a part was read before.
    const bool is_told = !is_input && S_ISREG(status.st_mode) && status.st_size > 0;
    if (is_told) size = static_cast<std::uint64_t>(status.st_size);
    return ByteSource(std::move(file), name, size);
}

Result<void> ByteSource::look_ahead(std::size_t size) {
    const std::size_t wanted = std::min(size, buffer_.size());
    if (ahead().size() >= wanted) return {};
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    while (end_ < wanted) {
        MESHLINE_ASSIGN(const std::size_t got,
                        read_file(buffer_.data() + end_, buffer_.size() - end_));
        if (got == 0) break;
        end_ += got;
    }
    return {};
}

Result<std::size_t> ByteSource::read(char* into, std::size_t size) {
    if (ahead().empty()) return read_file(into, size);
    const std::size_t taken = std::min(size, ahead().size());
    std::memcpy(into, ahead().data(), taken);
    consume(taken);
    return taken;
}

Result<std::size_t> ByteSource::read_file(char* into, std::size_t size) {
    for (;;) {
        const ssize_t got = ::read(file_.descriptor(), into, size);
        if (got >= 0) {
            read_total_ += got;
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) return read_error(path_, errno);
    }
}

}  // namespace meshline
