#include "drivers/segments/head_file.hpp"

#define XXH_INLINE_ALL
#include "base/text/text.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <xxhash.h>

namespace meshline {
namespace {

constexpr std::string_view head_title = "meshline head 1";
constexpr std::string_view seals_title = "meshline seals 1";

std::string with_checksum(const std::string& text) {
    return fmt::format("{} {:016x}\n", text, XXH3_64bits(text.data(), text.size()));
}

/// The text before the checksum, or nothing when the checksum is not the text's.
std::optional<std::string> without_checksum(const std::string& text) {
    const std::size_t space = text.find_last_of(' ');
    if (space == std::string::npos) return std::nullopt;
    std::string before = text.substr(0, space);
    if (with_checksum(before) != text) return std::nullopt;
    return before;
}

template <class Integer>
bool read_number(std::string_view text, Integer& value) {
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return stopped == end && error == std::errc();
}

/// Whether the line was written as a whole; a power cut may leave zeros of it.
bool is_written(std::string_view line) {
    return line.size() == head_line_bytes && line.find_first_not_of('\0') != std::string_view::npos;
}

std::optional<HeadMark> decode_line(std::string_view line) {
    const std::optional<std::string> before = without_checksum(std::string(line));
    if (!before || !before->starts_with(head_title)) return std::nullopt;
    const std::vector<std::string_view> words =
        split(std::string_view(*before).substr(head_title.size()), ' ');
    if (words.size() != 4) return std::nullopt;
    HeadMark mark;
    const Result<Digest> root = digest_from_hex(words[2]);
    if (!read_number(words[1], mark.head.position) || !root.ok()) return std::nullopt;
    mark.head.root = *root;
    mark.ending = words[3] == "closed" ? Ending::closed : Ending::opened;
    return mark;
}

/// Closing comes after the last write and changes no position.
bool is_later(const HeadMark& one, const HeadMark& other) {
    if (one.head.position != other.head.position) {
        return one.head.position > other.head.position;
    }
    return one.ending == Ending::closed;
}

}  // namespace

std::string encode_head(const HeadMark& mark) {
    const char* const ending = mark.ending == Ending::closed ? "closed" : "opened";
    return with_checksum(fmt::format("{} {:020} {} {}", head_title, mark.head.position,
                                     mark.head.root.hex(), ending));
}

Result<HeadLines> decode_head(std::string_view text) {
    HeadLines lines;
    for (std::size_t line = 0; line < 2; ++line) {
        const std::string_view bytes =
            text.substr(std::min(line * head_line_bytes, text.size()), head_line_bytes);
        if (!is_written(bytes)) continue;
        const std::optional<HeadMark> mark = decode_line(bytes);
        if (!mark) {
            lines.is_any_spoilt = true;
        } else if (!lines.mark || is_later(*mark, *lines.mark)) {
            lines.mark = mark;
            lines.next_line = 1 - line;
        }
    }
    if (lines.mark || !lines.is_any_spoilt) return lines;
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "log.corrupt",
        .message = "the file that names the last acknowledged position is damaged",
        .hint =
            "Restore it from a copy. Without one, delete it: the log opens with what its segments "
            "hold, and only its index, a capture or a run may know that an end is missing."};
}

std::string encode_seals(const std::vector<Seal>& seals) {
    std::string text(seals_title);
    for (const Seal& seal : seals) {
        text += fmt::format("\n{} {} {}", seal.first_position, seal.stamp.bytes,
                            seal.stamp.modified_ns);
    }
    return with_checksum(text);
}

std::vector<Seal> decode_seals(const std::string& text) {
    std::vector<Seal> seals;
    const std::optional<std::string> before = without_checksum(text);
    if (!before || !before->starts_with(seals_title)) return {};
    for (const std::string_view line : split(*before, '\n')) {
        if (line == seals_title) continue;
        const std::vector<std::string_view> words = split(line, ' ');
        Seal seal;
        if (words.size() != 3 || !read_number(words[0], seal.first_position) ||
            !read_number(words[1], seal.stamp.bytes) ||
            !read_number(words[2], seal.stamp.modified_ns)) {
            return {};
        }
        seals.push_back(seal);
    }
    return seals;
}

}  // namespace meshline
