#include "base/yaml/source_text.hpp"

#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t length_max = 4 * 1024 * 1024;

Error syntax_error(const char* message, const char* hint, Place where) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "yaml.syntax",
                 .message = message,
                 .hint = hint,
                 .where = std::move(where)};
}

}  // namespace

SourceText::SourceText(std::string_view text, const std::string& file)
    : text_(text), file_(file), line_begins_{0} {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') line_begins_.push_back(at + 1);
    }
}

Place SourceText::place_of(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::ranges::upper_bound(line_begins_, offset);
    const std::size_t line_begin = *(after - 1);
    // Places are asked for in the order of the text, and a line may be all of it: what was counted
    // is not counted again.
    if (line_begin != counted_.line_begin || offset < counted_.offset) {
        counted_ = {line_begin, line_begin, 0};
    }
    const std::string_view before = text_.substr(counted_.offset, offset - counted_.offset);
    counted_.characters += static_cast<int>(std::ranges::count_if(
        before, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
    counted_.offset = offset;
    return {.file = file_,
            .line = static_cast<int>(after - line_begins_.begin()),
            .column = counted_.characters + 1};
}

bool SourceText::has_word_at(std::size_t offset, std::string_view word) const {
    if (offset > text_.size() || !text_.substr(offset).starts_with(word)) return false;
    const char after = at(offset + word.size());
    return std::string_view("\0 \r\n,]}#", 8).find(after) != std::string_view::npos;
}

std::size_t SourceText::end_of_quoted(std::size_t offset) const {
    const char quote = at(offset);
    for (std::size_t cursor = offset + 1; cursor < text_.size(); ++cursor) {
        if (quote == '"' && text_[cursor] == '\\') {
            ++cursor;
        } else if (text_[cursor] == quote) {
            if (quote == '"' || at(cursor + 1) != '\'') return cursor + 1;
            ++cursor;
        }
    }
    return std::string_view::npos;
}

Result<void> SourceText::check_bytes() const {
    if (text_.size() > length_max) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "yaml.too_long",
                     .message = "file is too long",
                     .hint = "At most 4 MiB are read as one YAML file.",
                     .where = place_of(0)};
    }
    if (const auto invalid = find_invalid_utf8(text_)) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "yaml.invalid_utf8",
                     .message = "byte that is not UTF-8",
                     .hint = "Save the file as UTF-8.",
                     .where = place_of(*invalid)};
    }
    for (std::size_t offset = 0; offset < text_.size(); ++offset) {
        const auto byte = static_cast<unsigned char>(text_[offset]);
        if (byte == '\t') {
            return syntax_error("tab", "Use spaces; in a double-quoted text write \\t.",
                                place_of(offset));
        }
        if (byte == '\r' && at(offset + 1) != '\n') {
            return syntax_error("line end without a line feed",
                                "End lines with a line feed, or with both.", place_of(offset));
        }
        if ((byte < 0x20 && byte != '\n' && byte != '\r') || byte == 0x7F) {
            return syntax_error("control byte", "Remove it, or quote the text and escape it.",
                                place_of(offset));
        }
        if (byte == '%' && (offset == 0 || text_[offset - 1] == '\n')) {
            return Error{.kind = ErrorKind::invalid,
                         .code = "yaml.unsupported",
                         .message = "directive",
                         .hint = "Remove the line that starts with \"%\".",
                         .where = place_of(offset)};
        }
    }
    return {};
}

}  // namespace meshline
