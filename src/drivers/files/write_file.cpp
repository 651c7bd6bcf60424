#include "drivers/files/write_file.hpp"

#include "drivers/files/file_error.hpp"
#include "drivers/files/file_handle.hpp"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meshline {
namespace {

/// A name that no other writer of this machine uses, hidden from DiskFiles::list.
std::string name_beside(const std::filesystem::path& path) {
    static std::atomic<std::uint64_t> count = 0;
    const std::string name =
        fmt::format(".{}.{}-{}.new", path.filename().string(), ::getpid(), ++count);
    return (path.parent_path() / name).string();
}

Result<void> write_new_file(const std::string& beside, const std::string& path,
                            std::string_view bytes) {
    // What a crashed process with the same number left behind is worth nothing. O_EXCL: in a folder
    // that others may write to, the name could be a link to elsewhere.
    ::unlink(beside.c_str());
    FileHandle file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file.is_open()) return write_error(path, errno);
    struct stat old{};
    if (::stat(path.c_str(), &old) != 0) {
        MESHLINE_TRY(give_user_mode(beside, 0666));
    } else if (::fchmod(file.descriptor(), old.st_mode & 07777) != 0) {
        return write_error(path, errno);
    }
    MESHLINE_TRY(write_fully(file, bytes, path));
    if (::fsync(file.descriptor()) != 0) return write_error(path, errno);
    if (!file.close()) return write_error(path, errno);
    return {};
}

/// What the path leads to: a link stays a link, and what is no file (a device, a pipe) is refused,
/// because a rename would put a file in its place.
Result<std::filesystem::path> target_of(const std::string& path) {
    std::error_code failure;
    std::filesystem::path target = path;
    if (std::filesystem::is_symlink(target, failure)) {
        target = std::filesystem::weakly_canonical(target, failure);
        if (failure) return write_error(path, failure.value());
    }
    const std::filesystem::file_status status = std::filesystem::status(target, failure);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "files.write_failed",
                     .message = fmt::format("\"{}\" is not a regular file", path),
                     .hint = "Name a file."};
    }
    return target;
}

}  // namespace

Result<void> replace_file(const std::string& named, std::string_view bytes) {
    MESHLINE_ASSIGN(const std::filesystem::path target, target_of(named));
    const std::string path = target.string();
    const std::string folder = target.has_parent_path() ? target.parent_path().string() : ".";
    MESHLINE_TRY(make_folders(folder));
    const std::string beside = name_beside(target);
    if (Result<void> written = write_new_file(beside, path, bytes); !written.ok()) {
        ::unlink(beside.c_str());
        return written;
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        const int number = errno;
        ::unlink(beside.c_str());
        return write_error(path, number);
    }
    return sync_folder(folder);
}

}  // namespace meshline
