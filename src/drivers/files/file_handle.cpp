#include "drivers/files/file_handle.hpp"

#include "drivers/files/data_folder_access.hpp"
#include "drivers/files/file_error.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace meshline {

FileHandle::~FileHandle() {
    close();
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

bool FileHandle::close() {
    if (!is_open()) return true;
    return ::close(std::exchange(descriptor_, -1)) == 0;
}

Result<void> write_fully(const FileHandle& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) continue;
            return write_error(path, errno);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> sync_folder(const std::string& folder) {
    const FileHandle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!handle.is_open()) return write_error(folder, errno);
    // EINVAL: a file system whose folders cannot be synced has nothing to sync.
    if (::fsync(handle.descriptor()) != 0 && errno != EINVAL) return write_error(folder, errno);
    return {};
}

Result<void> give_user_mode(const std::string& path, mode_t asked) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return write_error(path, errno);
    const mode_t mode = (status.st_mode & 07000) | (asked & ~umask_at_start());
    if ((status.st_mode & 07777) == mode || ::chmod(path.c_str(), mode) == 0) return {};
    return write_error(path, errno);
}

Result<void> make_folders(const std::string& folder) {
    std::vector<std::filesystem::path> missing;
    std::error_code failure;
    std::filesystem::path path = std::filesystem::absolute(folder, failure).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    while (path.has_relative_path() && !std::filesystem::exists(path, failure)) {
        missing.push_back(path);
        path = path.parent_path();
    }
    while (!missing.empty()) {
        const std::filesystem::path made = missing.back();
        missing.pop_back();
        // Another process may have made it in between: then it is there all the same.
        if (::mkdir(made.c_str(), 0777) != 0) {
            if (errno == EEXIST) continue;
            return write_error(made.string(), errno);
        }
        MESHLINE_TRY(give_user_mode(made.string(), 0777));
        MESHLINE_TRY(sync_folder(made.parent_path().string()));
    }
    return {};
}

}  // namespace meshline
