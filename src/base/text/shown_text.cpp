#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

namespace meshline {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

/// What steers a terminal or a page instead of being read: the C0 and C1 controls, the controls of
/// the direction of writing, line and paragraph separators, and marks that show nothing.
constexpr std::array steering = {
    Range{0x00, 0x1F},     Range{0x7F, 0x9F},      Range{0x061C, 0x061C}, Range{0x200B, 0x200B},
    Range{0x200E, 0x200F}, Range{0x2028, 0x202E},  Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF},
    Range{0xFFF9, 0xFFFB}, Range{0xE0001, 0xE0001}};

/// What makes lines and columns: of one text a forgery, of a page its form.
enum class Layout : std::uint8_t { steers, stays };

bool is_layout(std::uint32_t code_point) {
    return code_point == '\n' || code_point == '\t';
}

bool is_steering(std::uint32_t code_point, Layout layout) {
    if (is_layout(code_point)) return layout == Layout::steers;
    return std::ranges::any_of(steering, [&](const Range& range) {
        return range.first <= code_point && code_point <= range.last;
    });
}

std::uint32_t decode(std::string_view bytes) {
    const auto at = [&](std::size_t index) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index]));
    };
    constexpr std::uint32_t low_bits = 0x3F;
    std::uint32_t point = at(0);
    if (bytes.size() > 1) point &= 0x7FU >> bytes.size();
    for (std::size_t index = 1; index < bytes.size(); ++index)
        point = point << 6 | (at(index) & low_bits);
    return point;
}

/// Bytes of the character at the front of valid UTF-8.
std::size_t character_size(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return std::min(size, text.size());
}

bool is_plain(std::string_view text, Layout layout) {
    return std::ranges::all_of(text, [&](unsigned char byte) {
        return (byte >= 0x20 && byte < 0x7F) || (layout == Layout::stays && is_layout(byte));
    });
}

/// The text with `replace` for each character that steers, and "?" for each byte that is not UTF-8.
template <class Replace>
std::string with_steering(std::string_view text, Layout layout, Replace replace) {
    if (is_plain(text, layout)) return std::string(text);
    std::string shown;
    shown.reserve(text.size());
    // Stretches of valid text, each followed by a byte that is none.
    while (!text.empty()) {
        const auto invalid = find_invalid_utf8(text);
        std::string_view valid = text.substr(0, invalid.value_or(text.size()));
        text.remove_prefix(valid.size());
        while (!valid.empty()) {
            const std::string_view character = valid.substr(0, character_size(valid));
            const std::uint32_t code_point = decode(character);
            if (is_steering(code_point, layout)) {
                replace(shown, code_point);
            } else {
                shown += character;
            }
            valid.remove_prefix(character.size());
        }
        if (!text.empty()) {
            shown += '?';
            text.remove_prefix(1);
        }
    }
    return shown;
}

void append_mark(std::string& out, std::uint32_t /*code_point*/) {
    out += '?';
}

}  // namespace

std::string shown_text(std::string_view text) {
    return with_steering(text, Layout::steers, append_mark);
}

std::string shown_lines(std::string_view lines) {
    return with_steering(lines, Layout::stays, append_mark);
}

std::string json_shown_text(std::string_view json) {
    return with_steering(json, Layout::stays, [](std::string& out, std::uint32_t code_point) {
        constexpr std::uint32_t beyond_first_plane = 0x10000;
        if (code_point >= beyond_first_plane) {
            const std::uint32_t rest = code_point - beyond_first_plane;
            fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10),
                           0xDC00 + (rest & 0x3FF));
        } else {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", code_point);
        }
    });
}

std::string csv_cell(std::string_view text) {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    const bool is_number = (text.starts_with('+') || text.starts_with('-')) && text.size() > 1 &&
                           text.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
    const bool is_formula =
        !text.empty() && formula_starts.find(text.front()) != std::string_view::npos && !is_number;
    std::string cell = is_formula ? "'" : "";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char letter : cell)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + "\"";
}

}  // namespace meshline
