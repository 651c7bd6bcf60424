#include "drivers/sqlite/control_head.hpp"

#include "base/text/text.hpp"
#include "drivers/sqlite/store_file.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::string_view title = "meshline control 1";

struct HeadLine {
    std::uint64_t turn = 0;
    ControlStore::AuditHead head;
};

std::string text_of(const HeadLine& line) {
    const std::string text =
        fmt::format("{} {:020} {:020} {}", title, line.turn, line.head.size, line.head.root.hex());
    return fmt::format("{} {}\n", text, sha256(text).brief());
}

std::size_t line_bytes() {
    static const std::size_t size = text_of({}).size();
    return size;
}

bool read_number(std::string_view text, std::uint64_t& number) {
    const char* const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number).ptr == end;
}

/// Nothing for what text_of() does not make.
std::optional<HeadLine> read_line(const std::string& text) {
    if (!text.starts_with(title)) return std::nullopt;
    const auto words = split(std::string_view(text).substr(title.size() + 1), ' ');
    if (words.size() != 4) return std::nullopt;
    HeadLine line;
    const auto root = digest_from_hex(words[2]);
    if (!root.ok() || !read_number(words[0], line.turn) || !read_number(words[1], line.head.size))
        return std::nullopt;
    line.head.root = *root;
    if (text_of(line) != text) return std::nullopt;
    return line;
}

struct HeadLines {
    std::optional<HeadLine> last;
    std::size_t next = 0;  ///< Which of the two is to be written next.
    bool is_any_spoilt = false;
};

HeadLines read_lines(std::string_view text) {
    HeadLines lines;
    for (std::size_t number = 0; number < 2; ++number) {
        const std::size_t start = std::min(number * line_bytes(), text.size());
        const std::string bytes(text.substr(start, line_bytes()));
        // One that was never written as a whole, or that a power cut left without its bytes.
        if (bytes.size() < line_bytes() || bytes.find_first_not_of('\0') == std::string::npos)
            continue;
        const auto line = read_line(bytes);
        if (!line) {
            lines.is_any_spoilt = true;
        } else if (!lines.last || line->turn > lines.last->turn) {
            lines.last = line;
            lines.next = 1 - number;
        }
    }
    return lines;
}

}  // namespace

std::string head_file_of(const std::string& control_path) {
    return control_path.substr(0, control_path.rfind('.')) + ".head";
}

Result<std::optional<ControlStore::AuditHead>> read_control_head(const std::string& path) {
    MESHLINE_ASSIGN(const std::string text, read_store_file(path));
    const HeadLines lines = read_lines(text);
    if (lines.last) return std::optional(lines.last->head);
    if (!lines.is_any_spoilt) return std::optional<ControlStore::AuditHead>();
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "control.corrupt",
        .message = "the file that says how far the audit tree had come is damaged",
        .hint =
            "Restore it from a copy. Without one, delete it: the control store opens as it is, "
            "and nothing tells whether it is an older one."}
        .at({.file = path});
}

Result<void> write_control_head(const std::string& path, const ControlStore::AuditHead& head) {
    MESHLINE_ASSIGN(const std::string text, read_store_file(path));
    const HeadLines lines = read_lines(text);
    const std::uint64_t turn = lines.last ? lines.last->turn + 1 : 1;
    return write_store_file(path, lines.next * line_bytes(), text_of({turn, head}));
}

}  // namespace meshline
