#include "drivers/sqlite/control_damage.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

Error control_corrupt(const std::string& file, std::string message) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "control.corrupt",
                 .message = std::move(message),
                 .hint = "Restore control.sqlite from a backup; the event log is not affected."}
        .at({.file = file});
}

Result<void> check_digest(const std::string& file, std::string_view bytes, const Digest& digest) {
    if (sha256(bytes) == digest) return {};
    return control_corrupt(
        file, fmt::format("the bytes stored under \"{}\" have another SHA-256", digest.hex()));
}

Error missing_bytes(const std::string& file, const Digest& digest) {
    return control_corrupt(file,
                           fmt::format("the bytes of digest \"{}\" are missing", digest.hex()));
}

}  // namespace meshline
