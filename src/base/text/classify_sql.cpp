#include "base/text/classify_sql.hpp"

#include <algorithm>

namespace meshline {
namespace {

bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || static_cast<unsigned char>(byte) >= 0x80;
}

// The byte after the literal or name that starts with a quote at `begin`. A doubled quote is part
// of it; a backslash keeps the next byte only in texts like e'...'.
std::size_t end_of_quoted(std::string_view sql, std::size_t begin) {
    const char quote = sql[begin];
    const bool has_escapes = quote == '\'' && begin > 0 &&
                             (sql[begin - 1] == 'e' || sql[begin - 1] == 'E') &&
                             (begin == 1 || !is_word_byte(sql[begin - 2]));
    for (std::size_t at = begin + 1; at < sql.size(); ++at) {
        if (has_escapes && sql[at] == '\\') {
            ++at;
        } else if (sql[at] == quote) {
            if (at + 1 == sql.size() || sql[at + 1] != quote) return at + 1;
            ++at;
        }
    }
    return sql.size();
}

// The byte after a text like $tag$...$tag$ at `begin`; `begin` itself when there is none.
std::size_t end_of_dollar_quoted(std::string_view sql, std::size_t begin) {
    if (begin > 0 && is_word_byte(sql[begin - 1])) return begin;
    std::size_t at = begin + 1;
    while (at < sql.size() && is_word_byte(sql[at]))
        ++at;
    if (at == sql.size() || sql[at] != '$') return begin;
    const std::string_view tag = sql.substr(begin, at + 1 - begin);
    const std::size_t end = sql.find(tag, at + 1);
    return end == std::string_view::npos ? sql.size() : end + tag.size();
}

// Block comments nest.
std::size_t end_of_block_comment(std::string_view sql, std::size_t begin) {
    int depth = 0;
    for (std::size_t at = begin; at + 1 < sql.size(); ++at) {
        const std::string_view pair = sql.substr(at, 2);
        if (pair == "/*") ++depth;
        if (pair == "*/" && --depth == 0) return at + 2;
        if (pair == "/*" || pair == "*/") ++at;
    }
    return sql.size();
}

}  // namespace

std::vector<SqlByte> classify_sql(std::string_view sql) {
    std::vector<SqlByte> bytes(sql.size(), SqlByte::code);
    std::size_t at = 0;
    while (at < sql.size()) {
        std::size_t end = at + 1;
        SqlByte kind = SqlByte::code;
        if (sql[at] == '\'' || sql[at] == '"') {
            kind = SqlByte::quoted;
            end = end_of_quoted(sql, at);
        } else if (sql[at] == '$') {
            end = end_of_dollar_quoted(sql, at);
            if (end == at) {
                ++end;
            } else {
                kind = SqlByte::quoted;
            }
        } else if (sql.substr(at, 2) == "--") {
            kind = SqlByte::comment;
            end = std::min(sql.find('\n', at), sql.size());
        } else if (sql.substr(at, 2) == "/*") {
            kind = SqlByte::comment;
            end = end_of_block_comment(sql, at);
        }
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                  bytes.begin() + static_cast<std::ptrdiff_t>(end), kind);
        at = end;
    }
    return bytes;
}

}  // namespace meshline
