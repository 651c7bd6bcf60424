#include "drivers/files/data_folder_access.hpp"

#include "drivers/files/file_error.hpp"

#include <cerrno>
#include <dirent.h>
#include <filesystem>
#include <fmt/format.h>
#include <grp.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace meshline {
namespace {

namespace fs = std::filesystem;

constexpr mode_t permission_bits = 07777;

/// What Meshline and its libraries put there; they add endings.
bool is_of_data_folder(const std::string& name) {
    return name == "lock" || name == "log" || name.starts_with("control.") ||
           name.starts_with("warehouse.");
}

struct Modes {
    mode_t file = 0600;
    mode_t folder = 0700;
    std::optional<gid_t> group;
};

Result<Modes> modes_of(const std::string& group) {
    if (group.empty()) return Modes{};
    // Not safe from several threads: a data folder is opened by one, and nothing else looks up
    // groups.
    const ::group* const found = ::getgrnam(group.c_str());
    if (found == nullptr) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "files.unknown_group",
                     .message = fmt::format("this machine has no group \"{}\"", group),
                     .hint = "Name one of its groups as data_group in meshline.yaml, or none."};
    }
    // New files in a folder with the set-group-id bit get the folder's group.
    return Modes{.file = 0660, .folder = S_ISGID | 0770, .group = found->gr_gid};
}

/// A mode that is as it should be is not touched: the folder may be one that can only be read.
Result<void> close(const fs::path& path, const Modes& modes) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0)
        return errno == ENOENT ? Result<void>() : write_error(path, errno);
    const bool is_folder = S_ISDIR(status.st_mode);
    if ((!is_folder && !S_ISREG(status.st_mode)) || status.st_uid != ::geteuid()) return {};
    if (modes.group && status.st_gid != *modes.group &&
        ::lchown(path.c_str(), status.st_uid, *modes.group) != 0) {
        Error error = write_error(path, errno);
        error.hint = "Make the user that runs meshline a member of data_group.";
        return error;
    }
    const mode_t mode = is_folder ? modes.folder : modes.file;
    if ((status.st_mode & permission_bits) == mode) return {};
    if (::chmod(path.c_str(), mode) != 0) return write_error(path, errno);
    return {};
}

}  // namespace

mode_t umask_at_start() {
    static const mode_t mask = [] {
        const mode_t at_start = ::umask(077);
        ::umask(at_start);
        return at_start;
    }();
    return mask;
}

void close_new_files(bool to_group) {
    umask_at_start();
    ::umask(to_group ? 007 : 077);
}

Result<void> close_data_folder(const std::string& folder, const std::string& group) {
    MESHLINE_ASSIGN(const Modes modes, modes_of(group));
    std::error_code failure;
    bool is_all_ours = true;
    for (fs::directory_iterator entry(folder, failure);
         !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
        if (!is_of_data_folder(entry->path().filename())) {
            is_all_ours = false;
            continue;
        }
        MESHLINE_TRY(close(entry->path(), modes));
        std::error_code ignored;
        if (!entry->is_directory(ignored) || entry->is_symlink(ignored)) continue;
        for (fs::recursive_directory_iterator below(entry->path(), failure);
             !failure && below != fs::recursive_directory_iterator(); below.increment(failure)) {
            MESHLINE_TRY(close(below->path(), modes));
        }
    }
    if (failure) return open_error(folder, failure.value());
    return is_all_ours ? close(folder, modes) : Result<void>();
}

}  // namespace meshline
