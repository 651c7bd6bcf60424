#include "base/text/shorten.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

namespace meshline {
namespace {

struct CodePoints {
    char32_t first;
    char32_t last;
};

/// What belongs to the character before it: combining marks, joiners, variation selectors, skin
/// tones, tags (Unicode 15). Not every script's marks, but those that people meet in names.
constexpr std::array joining = {
    CodePoints{0x0300, 0x036F},   CodePoints{0x0483, 0x0489},   CodePoints{0x0591, 0x05BD},
    CodePoints{0x0610, 0x061A},   CodePoints{0x064B, 0x065F},   CodePoints{0x093A, 0x094F},
    CodePoints{0x0E31, 0x0E3A},   CodePoints{0x0E47, 0x0E4E},   CodePoints{0x1AB0, 0x1AFF},
    CodePoints{0x1DC0, 0x1DFF},   CodePoints{0x200D, 0x200D},   CodePoints{0x20D0, 0x20FF},
    CodePoints{0x3099, 0x309A},   CodePoints{0xFE00, 0xFE0F},   CodePoints{0xFE20, 0xFE2F},
    CodePoints{0x1F3FB, 0x1F3FF}, CodePoints{0xE0020, 0xE007F}, CodePoints{0xE0100, 0xE01EF},
};
constexpr char32_t zero_width_joiner = 0x200D;
/// Two of them are one flag.
constexpr CodePoints regional_indicators{0x1F1E6, 0x1F1FF};

bool is_in(char32_t code_point, CodePoints range) {
    return range.first <= code_point && code_point <= range.last;
}

bool is_joining(char32_t code_point) {
    return std::ranges::any_of(joining, [&](CodePoints range) { return is_in(code_point, range); });
}

/// The code point at `at` of a text that is UTF-8.
char32_t code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return lead;
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code_point = lead & (0xFFU >> (size + 1));
    for (std::size_t index = 1; index < size; ++index)
        code_point = code_point << 6 | (byte(at + index) & 0x3FU);
    return code_point;
}

std::size_t begin_of_character(std::string_view text, std::size_t at) {
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

/// Whether a reader would see one character torn in two between the code points before and at `at`.
bool is_inside_cluster(std::string_view text, std::size_t at) {
    if (at == 0 || at == text.size()) return false;
    const char32_t after = code_point_at(text, at);
    const char32_t before = code_point_at(text, begin_of_character(text, at - 1));
    return is_joining(after) || before == zero_width_joiner ||
           (is_in(before, regional_indicators) && is_in(after, regional_indicators));
}

/// Characters of more code points are cut all the same.
constexpr int cluster_code_points_max = 32;

}  // namespace

std::string valid_utf8(std::string_view text) {
    std::string valid;
    while (const auto invalid = find_invalid_utf8(text)) {
        valid += text.substr(0, *invalid);
        fmt::format_to(std::back_inserter(valid), "\\x{:02x}",
                       static_cast<int>(static_cast<unsigned char>(text[*invalid])));
        text.remove_prefix(*invalid + 1);
    }
    return valid.append(text);
}

std::string shortened(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return valid_utf8(text);
    // What follows the cut must be there to see whether it belongs to what stands before.
    constexpr std::size_t beyond = 8;
    const std::string valid = valid_utf8(text.substr(0, bytes_max + beyond));
    const std::size_t whole = begin_of_character(valid, std::min(bytes_max, valid.size() - 1));
    std::size_t cut = whole;
    for (int step = 0; step < cluster_code_points_max && is_inside_cluster(valid, cut); ++step)
        cut = begin_of_character(valid, cut - 1);
    if (is_inside_cluster(valid, cut) || cut == 0) cut = whole;
    return valid.substr(0, cut) + " ...";
}

}  // namespace meshline
