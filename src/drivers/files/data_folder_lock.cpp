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

}  // namespace

Result<DataFolderLock> DataFolderLock::open(const std::string& folder) {
    MESHLINE_TRY(make_folders(folder));
    const std::string path = folder + "/lock";
    FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file.is_open()) return write_error(path, errno);
    while (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return locked(folder);
        if (errno != EINTR) return write_error(path, errno);
    }
    return DataFolderLock(std::move(file));
}

}  // namespace meshline
