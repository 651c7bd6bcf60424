#include "drivers/files/file_error.hpp"

#include "base/result/system_reason.hpp"

#include <cerrno>
#include <filesystem>
#include <fmt/format.h>

namespace meshline {

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
    const SystemReason reason = system_reason(number);
    return Error{.kind = reason.kind,
                 .code = "files.unreadable",
                 .message = fmt::format("cannot open \"{}\": {}", path, reason.text),
                 .hint = reason.hint};
}

Error read_error(const std::string& path, int number) {
    const SystemReason reason = system_reason(number);
    return Error{.kind = reason.kind,
                 .code = "files.read_failed",
                 .message = fmt::format("cannot read \"{}\": {}", path, reason.text),
                 .hint = reason.hint};
}

Error write_error(const std::string& path, int number) {
    const SystemReason reason = system_reason(number);
    if (reason.is_full) {
        return Error{.kind = reason.kind,
                     .code = "files.disk_full",
                     .message = fmt::format("no room to write \"{}\": {}", path, reason.text),
                     .hint = reason.hint};
    }
    return Error{.kind = reason.kind,
                 .code = "files.write_failed",
                 .message = fmt::format("cannot write \"{}\": {}", path, reason.text),
                 .hint = reason.hint};
}

}  // namespace meshline
