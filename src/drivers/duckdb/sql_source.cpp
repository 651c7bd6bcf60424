#include "drivers/duckdb/sql_source.hpp"

#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

bool is_continuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/// The byte after the blanks and comments from `at` on.
std::size_t after_blanks(std::string_view text, const std::vector<SqlByte>& bytes, std::size_t at) {
    while (at < text.size() && (bytes[at] == SqlByte::comment || text[at] == ' ' ||
                                text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
        ++at;
    }
    return at;
}

/// DuckDB keeps what it computes of two DECIMAL(18, n) in 18 digits, so that their product
/// overflows at 1,000,000; with one digit more it widens them. In code, such a type's name and an
/// opening bracket are followed by nothing but its width.
void widen_decimals(std::string& statement, const std::vector<SqlByte>& bytes) {
    const std::string lower = to_lower_ascii(statement);
    for (const std::string_view name : {"decimal", "numeric", "dec"}) {
        for (std::size_t at = lower.find(name); at != std::string::npos;
             at = lower.find(name, at + 1)) {
            if (bytes[at] != SqlByte::code || (at > 0 && is_name_byte(lower[at - 1]))) continue;
            std::size_t next = after_blanks(lower, bytes, at + name.size());
            if (next == lower.size() || lower[next] != '(') continue;
            next = after_blanks(lower, bytes, next + 1);
            const std::size_t end = next + std::string_view("18").size();
            const bool is_18 = lower.compare(next, 2, "18") == 0 &&
                               (end == lower.size() || !is_name_byte(lower[end]));
            if (is_18) statement[end - 1] = '9';
        }
    }
}

}  // namespace

SqlSource::SqlSource(const TransformText& text)
    : name_(text.name), file_(text.file), statement_(text.sql) {
    // Only those behind the statement: one within makes it two statements.
    const std::vector<SqlByte> bytes = classify_sql(statement_);
    for (std::size_t at = statement_.size(); at > 0; --at) {
        char& byte = statement_[at - 1];
        if (bytes[at - 1] == SqlByte::comment) continue;
        if (byte == ';' && bytes[at - 1] == SqlByte::code) byte = ' ';
        if (std::string_view(" \t\r\n").find(byte) == std::string_view::npos) break;
    }
    widen_decimals(statement_, bytes);
}

void SqlSource::replace(std::size_t offset, std::string_view bytes) {
    MESHLINE_CHECK(offset + bytes.size() <= statement_.size());
    statement_.replace(offset, bytes.size(), bytes);
}

Place SqlSource::place_at(std::optional<std::size_t> offset) const {
    if (!offset || *offset > statement_.size()) return {.file = file_};
    const std::string_view before = std::string_view(statement_).substr(0, *offset);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto column = std::ranges::count_if(before.substr(line_begin),
                                              [](char byte) { return !is_continuation(byte); }) +
                        1;
    return {.file = file_, .line = static_cast<int>(line), .column = static_cast<int>(column)};
}

std::size_t SqlSource::offset_of_character(std::size_t number) const {
    std::size_t at = 0;
    for (; at < statement_.size(); ++at) {
        if (is_continuation(statement_[at])) continue;
        if (number == 0) break;
        --number;
    }
    return at;
}

std::optional<std::size_t> SqlSource::find_word(std::string_view word) const {
    if (word.empty()) return std::nullopt;
    const std::string text = to_lower_ascii(statement_);
    const std::string wanted = to_lower_ascii(word);
    const std::vector<SqlByte> bytes = classify_sql(statement_);
    std::optional<std::size_t> found;
    for (std::size_t at = text.find(wanted); at != std::string::npos;
         at = text.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const bool is_alone = (at == 0 || !is_name_byte(text[at - 1])) &&
                              (end == text.size() || !is_name_byte(text[end]));
        if (!is_alone || bytes[at] == SqlByte::comment) continue;
        if (at > 0 && (text[at - 1] == '.' || text[at - 1] == '\'' || text[at - 1] == '"')) {
            return at;
        }
        if (!found) found = at;
    }
    return found;
}

Error SqlSource::error(std::string code, std::string message, std::string hint,
                       std::optional<std::size_t> offset) const {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint)}
        .at(place_at(offset));
}

}  // namespace meshline
