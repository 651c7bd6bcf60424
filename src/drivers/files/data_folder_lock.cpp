#include "drivers/files/data_folder_lock.hpp"

#include "drivers/files/file_error.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace meshline {
namespace {

Error locked(const std::string& folder) {
    return Error{
        .kind = ErrorKind::unavailable,
        .code = "files.locked",
        .message = fmt::format("the data folder \"{}\" is in use by another process", folder),
        .hint = fmt::format("Wait for the meshline that works in \"{}\" to finish, or name "
                            "another data folder.",
                            folder)};
}

Result<void> lock(const FileHandle& file, const std::string& folder, const std::string& path,
                  int operation) {
    while (::flock(file.descriptor(), operation | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return locked(folder);
        if (errno != EINTR) return write_error(path, errno);
    }
    return {};
}

}  // namespace

Result<DataFolderLock> DataFolderLock::open(const std::string& folder) {
    MESHLINE_TRY(make_folders(folder));
    const std::string path = folder + "/lock";
    FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file.is_open()) return write_error(path, errno);
    // The lock may be there already, in a folder where nothing else can be made.
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return write_error(folder, errno);
    MESHLINE_TRY(lock(file, folder, path, LOCK_EX));
    return DataFolderLock(std::move(file));
}

Result<DataFolderLock> DataFolderLock::open_to_read(const std::string& folder) {
    const std::string path = folder + "/lock";
    FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    // A copy of a folder need not have one.
    if (!file.is_open() && errno == ENOENT) return DataFolderLock(std::move(file));
    if (!file.is_open()) return open_error(path, errno);
    MESHLINE_TRY(lock(file, folder, path, LOCK_SH));
    return DataFolderLock(std::move(file));
}

}  // namespace meshline
