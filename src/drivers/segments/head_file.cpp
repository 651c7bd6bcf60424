#include "drivers/segments/head_file.hpp"

#define XXH_INLINE_ALL
#include "base/text/text.hpp"

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

}  // namespace

std::string encode_head(const HeadMark& mark) {
    const char* const ending = mark.ending == Ending::closed ? "closed" : "opened";
    return with_checksum(fmt::format("{} {:020} {} {}", head_title, mark.head.position,
                                     mark.head.root.hex(), ending));
}

Result<std::optional<HeadMark>> decode_head(const std::string& text) {
    std::optional<HeadMark> mark;
    if (text.find_first_not_of('\0') == std::string::npos) return mark;
    const Error damaged{
        .kind = ErrorKind::corrupt,
        .code = "log.corrupt",
        .message = "the file that names the last acknowledged position is damaged",
        .hint =
            "Restore it from a copy. Deleting it lets the log open with what its segments hold."};
    const std::optional<std::string> before = without_checksum(text);
    if (!before || !before->starts_with(head_title)) return damaged;
    const std::vector<std::string_view> words =
        split(std::string_view(*before).substr(head_title.size()), ' ');
    if (words.size() != 4) return damaged;
    mark.emplace();
    const Result<Digest> root = digest_from_hex(words[2]);
    if (!read_number(words[1], mark->head.position) || !root.ok()) return damaged;
    mark->head.root = *root;
    mark->ending = words[3] == "closed" ? Ending::closed : Ending::opened;
    return mark;
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
