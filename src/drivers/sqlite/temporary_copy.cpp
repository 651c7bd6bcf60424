#include "drivers/sqlite/temporary_copy.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

namespace meshline {
namespace {

Error cannot_copy(const std::string& path, const std::error_code& reason) {
    return Error{.kind = ErrorKind::unavailable,
                 .code = "control.failed",
                 .message = fmt::format("cannot copy the control store: {}", reason.message()),
                 .hint =
                     "Its folder cannot be written to, so it is read from a copy in the folder"
                     " for temporary files."}
        .at({.file = path});
}

}  // namespace

Result<std::unique_ptr<TemporaryCopy>> TemporaryCopy::make(const std::string& path) {
    std::error_code reason;
    const auto parent = std::filesystem::temp_directory_path(reason);
    if (reason) return cannot_copy(path, reason);
    std::string folder = (parent / "meshline-control-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr)
        return cannot_copy(path, {errno, std::generic_category()});
    std::unique_ptr<TemporaryCopy> copy(new TemporaryCopy(std::move(folder)));
    for (const char* suffix : {"", "-wal"}) {
        const bool is_there = std::filesystem::exists(path + suffix, reason);
        if (is_there) std::filesystem::copy_file(path + suffix, copy->path() + suffix, reason);
        if (reason) return cannot_copy(path, reason);
        if (!is_there) continue;
        // The copy of a file that cannot be written to could not be either.
        std::filesystem::permissions(
            copy->path() + suffix,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, reason);
        if (reason) return cannot_copy(path, reason);
    }
    return copy;
}

TemporaryCopy::~TemporaryCopy() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace meshline
