#include "drivers/segments/file.hpp"

#include "base/result/system_reason.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace meshline::inline segments {
namespace {

/// POSIX lets no call take more pieces than this on Linux (IOV_MAX).
constexpr std::size_t pieces_per_write_max = 1024;

FileStamp stamp_from(const struct stat& status) {
    return {.bytes = static_cast<std::uint64_t>(status.st_size),
            .modified_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

/// Drops the first `written` bytes from the pieces still to write.
void advance(std::vector<iovec>& pieces, std::size_t& first, std::size_t written) {
    while (written > 0) {
        iovec& piece = pieces[first];
        const std::size_t taken = std::min(written, piece.iov_len);
        piece.iov_base = static_cast<char*>(piece.iov_base) + taken;
        piece.iov_len -= taken;
        written -= taken;
        if (piece.iov_len == 0) ++first;
    }
}

}  // namespace

Error write_error(const std::string& path, int error_number) {
    SystemReason reason = system_reason(error_number);
    return Error{.kind = reason.kind,
                 .code = reason.is_full ? "log.disk_full" : "log.write_failed",
                 .message = fmt::format("cannot write the event log: {}", reason.text),
                 .hint = std::move(reason.hint)}
        .at({.file = path});
}

Error read_error(const std::string& path, int error_number) {
    SystemReason reason = system_reason(error_number);
    return Error{.kind = reason.kind,
                 .code = "log.read_failed",
                 .message = fmt::format("cannot read the event log: {}", reason.text),
                 .hint = std::move(reason.hint)}
        .at({.file = path});
}

Result<File> File::open(const std::string& path, FileMode mode) {
    int flags = O_CLOEXEC;
    if (mode == FileMode::read) flags |= O_RDONLY;
    if (mode == FileMode::write) flags |= O_RDWR | O_CREAT;
    if (mode == FileMode::create) flags |= O_RDWR | O_CREAT | O_TRUNC;
    const int descriptor = ::open(path.c_str(), flags, 0666);
    if (descriptor < 0) {
        return mode == FileMode::read ? read_error(path, errno) : write_error(path, errno);
    }
    return File(descriptor, path);
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    return *this;
}

File::~File() {
    // Everything that matters was synced before; a failing close has nothing left to lose.
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> File::read_at(std::uint64_t offset, std::size_t size, std::string& into) const {
    into.resize(size);
    MESHLINE_ASSIGN(const std::size_t done, read_at(offset, std::span(into)));
    into.resize(done);
    return {};
}

Result<std::size_t> File::read_at(std::uint64_t offset, std::span<char> into) const {
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t count = ::pread(descriptor_, into.data() + done, into.size() - done,
                                      static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return read_error(path_, errno);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

Result<void> File::write_at(std::uint64_t offset, std::span<const std::string_view> pieces) {
    std::vector<iovec> waiting;
    for (const std::string_view piece : pieces) {
        if (piece.empty()) continue;
        waiting.push_back({const_cast<char*>(piece.data()), piece.size()});
    }
    std::size_t first = 0;
    while (first < waiting.size()) {
        const std::size_t count = std::min(waiting.size() - first, pieces_per_write_max);
        const ssize_t written = ::pwritev(descriptor_, waiting.data() + first,
                                          static_cast<int>(count), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return write_error(path_, errno);
        if (written == 0) return write_error(path_, ENOSPC);
        offset += static_cast<std::uint64_t>(written);
        advance(waiting, first, static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> File::sync_data() {
    if (::fdatasync(descriptor_) != 0) return write_error(path_, errno);
    return {};
}

Result<void> File::truncate(std::uint64_t bytes) {
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) return write_error(path_, errno);
    return {};
}

void File::reserve(std::uint64_t offset, std::uint64_t bytes) {
    // Not every file system can; the writes that follow tell whether there is room.
    static_cast<void>(::fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                                  static_cast<off_t>(bytes)));
}

Result<FileStamp> File::stamp() const {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return read_error(path_, errno);
    return stamp_from(status);
}

Result<FileStamp> stamp_of(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return read_error(path, errno);
    return stamp_from(status);
}

}  // namespace meshline::inline segments
