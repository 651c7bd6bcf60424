#include "core/packs/zones_named.hpp"

#include "base/text/classify_sql.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace meshline {
namespace {

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

bool is_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_';
}

/// Comments are as good as blanks, and are made them.
std::string without_comments(std::string_view sql, const std::vector<SqlByte>& kinds) {
    std::string text(sql);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (kinds[at] == SqlByte::comment) text[at] = ' ';
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// The last argument of the call whose arguments begin at `begin`, where it has two.
std::optional<std::string_view> second_argument(std::string_view sql,
                                                const std::vector<SqlByte>& kinds,
                                                std::size_t begin) {
    int depth = 0;
    std::optional<std::size_t> comma;
    for (std::size_t at = begin; at < sql.size(); ++at) {
        if (kinds[at] == SqlByte::quoted) continue;
        const char letter = sql[at];
        if (letter == '(' || letter == '[' || letter == '{') ++depth;
        if (letter == ',' && depth == 0) {
            if (comma) return std::nullopt;
            comma = at;
        }
        if (letter == ')' || letter == ']' || letter == '}') {
            if (depth-- > 0) continue;
            if (!comma) return std::nullopt;
            return trimmed(sql.substr(*comma + 1, at - *comma - 1));
        }
    }
    return std::nullopt;
}

/// The value of a plain 'text'.
std::optional<std::string> text_of_literal(std::string_view literal) {
    if (literal.size() < 2 || literal.front() != '\'' || literal.back() != '\'') return {};
    const std::string_view inside = literal.substr(1, literal.size() - 2);
    if (inside.find('\'') != std::string_view::npos) return {};
    return std::string(inside);
}

}  // namespace

std::set<std::string> zones_named(std::string_view sql) {
    const std::vector<SqlByte> kinds = classify_sql(sql);
    const std::string text = without_comments(sql, kinds);
    std::set<std::string> zones;
    for (std::size_t at = 0; at < text.size();) {
        if (kinds[at] != SqlByte::code || !is_word(text[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && kinds[at] == SqlByte::code && is_word(text[at]))
            ++at;
        const std::string word = to_lower_ascii(std::string_view(text).substr(begin, at - begin));
        if (std::ranges::find(zone_functions, word) == std::end(zone_functions)) continue;
        std::size_t open = at;
        while (open < text.size() && is_blank(text[open]))
            ++open;
        if (open == text.size() || text[open] != '(') continue;
        const auto argument = second_argument(text, kinds, open + 1);
        auto zone = argument ? text_of_literal(*argument) : std::nullopt;
        if (zone) zones.insert(std::move(*zone));
    }
    return zones;
}

}  // namespace meshline
