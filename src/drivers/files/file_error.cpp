#include "drivers/files/file_error.hpp"

#include <cerrno>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

namespace meshline {
namespace {

/// The system's words in our way of writing.
std::string reason_of(int number) {
    std::string reason = std::generic_category().message(number);
    if (!reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z') {
        reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
    }
    return reason;
}

bool is_permission(int number) {
    return number == EACCES || number == EPERM || number == EROFS;
}

}  // namespace

bool leads_nowhere(int number) {
    return number == ENOENT || number == ENOTDIR || number == ELOOP;
}

Error broken_link_error(const std::string& path) {
    return Error{.kind = ErrorKind::not_found,
                 .code = "files.broken_link",
                 .message = fmt::format("\"{}\" is a link that leads nowhere", path),
                 .hint = "Bring back what it leads to, or remove the link."};
}

Error open_error(const std::string& path, int number) {
    std::error_code unknown;
    if (leads_nowhere(number) && std::filesystem::is_symlink(path, unknown))
        return broken_link_error(path);
    if (number == ENOENT || number == ENOTDIR) {
        return Error{.kind = ErrorKind::not_found,
                     .code = "files.not_found",
                     .message = fmt::format("\"{}\" does not exist", path),
                     .hint = "Check the path."};
    }
    return Error{.kind = is_permission(number) ? ErrorKind::refused : ErrorKind::unavailable,
                 .code = "files.unreadable",
                 .message = fmt::format("cannot open \"{}\": {}", path, reason_of(number)),
                 .hint = is_permission(number) ? "Give the user that runs meshline the right to "
                                                 "read it."
                                               : ""};
}

Error read_error(const std::string& path, int number) {
    return Error{.kind = ErrorKind::unavailable,
                 .code = "files.read_failed",
                 .message = fmt::format("cannot read \"{}\": {}", path, reason_of(number))};
}

Error write_error(const std::string& path, int number) {
    // EFBIG: the largest file that the user or the file system allows.
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        return Error{.kind = ErrorKind::exhausted,
                     .code = "files.disk_full",
                     .message = fmt::format("no room to write \"{}\": {}", path, reason_of(number)),
                     .hint = "Free some space or raise the limit, then run it again."};
    }
    return Error{.kind = is_permission(number) ? ErrorKind::refused : ErrorKind::unavailable,
                 .code = "files.write_failed",
                 .message = fmt::format("cannot write \"{}\": {}", path, reason_of(number)),
                 .hint = is_permission(number) ? "Give the user that runs meshline the right to "
                                                 "write it."
                                               : ""};
}

}  // namespace meshline
