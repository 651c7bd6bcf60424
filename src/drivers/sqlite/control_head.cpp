#include "drivers/sqlite/control_head.hpp"

#include "base/text/text.hpp"
#include "drivers/sqlite/store_file.hpp"

#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::string_view title = "meshline control 1";

std::string line_of(const ControlStore::AuditHead& head) {
    const std::string text = fmt::format("{} {:020} {}", title, head.size, head.root.hex());
    return fmt::format("{} {}\n", text, sha256(text).brief());
}

/// Nothing for what line_of() does not make.
std::optional<ControlStore::AuditHead> head_of(const std::string& line) {
    if (!line.starts_with(title)) return std::nullopt;
    const auto words = split(std::string_view(line).substr(title.size() + 1), ' ');
    if (words.size() != 3) return std::nullopt;
    ControlStore::AuditHead head;
    const auto root = digest_from_hex(words[1]);
    const char* const end = words[0].data() + words[0].size();
    if (!root.ok() || std::from_chars(words[0].data(), end, head.size).ptr != end)
        return std::nullopt;
    head.root = *root;
    if (line_of(head) != line) return std::nullopt;
    return head;
}

}  // namespace

std::string head_file_of(const std::string& control_path) {
    return control_path.substr(0, control_path.rfind('.')) + ".head";
}

Result<std::optional<ControlStore::AuditHead>> read_control_head(const std::string& path) {
    MESHLINE_ASSIGN(const std::string text, read_store_file(path));
    // A power cut may leave a new file without its bytes.
    const bool is_never_written = text.find_first_not_of('\0') == std::string::npos;
    if (is_never_written) return std::optional<ControlStore::AuditHead>();
    auto head = head_of(text);
    if (head) return head;
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "control.corrupt",
        .message = "the file that says how far the audit tree had come is damaged",
        .hint = "Restore it from a copy. Deleting it lets the control store open as it is."}
        .at({.file = path});
}

Result<void> write_control_head(const std::string& path, const ControlStore::AuditHead& head) {
    return write_store_file(path, line_of(head));
}

}  // namespace meshline
