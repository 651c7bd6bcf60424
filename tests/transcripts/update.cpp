#include "transcripts/update.hpp"

#include "transcripts/match.hpp"

#include <algorithm>

namespace meshline::transcripts {

namespace {

constexpr std::size_t digest_length_min = 12;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

/// A word of hexadecimal digits that is neither a number nor a name.
bool is_digest(std::string_view word) {
    return word.size() >= digest_length_min && std::ranges::all_of(word, is_hexadecimal) &&
           std::ranges::any_of(word, is_digit) && std::ranges::any_of(word, is_letter);
}

std::string generalised(const std::string& line, const std::string& today) {
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        const std::string_view rest = std::string_view(line).substr(at);
        const auto end =
            std::ranges::find_if_not(rest, [](char c) { return is_digit(c) || is_letter(c); });
        const std::string_view word(rest.begin(), end);
        const std::size_t instant = length_of_instant(rest);
        // A word is taken whole, so that its tail is no digest of its own.
        const std::size_t count = instant > 0 ? instant : std::max<std::size_t>(word.size(), 1);
        if (is_digest(word)) {
            text += "<digest>";
        } else if (instant > 0 && rest.substr(0, today.size()) >= today) {
            text += "<instant>";
        } else {
            text += rest.substr(0, count);
        }
        at += count;
    }
    return text;
}

}  // namespace

std::vector<std::string> updated_expectation(const std::vector<std::string>& expected,
                                             const std::vector<std::string>& actual,
                                             const std::string& today) {
    if (matches(expected, actual)) return expected;
    std::vector<std::string> updated;
    for (const std::string& line : actual) {
        const auto kept = std::ranges::find_if(expected, [&](const std::string& old) {
            return has_placeholder(old) && matches_line(old, line);
        });
        updated.push_back(kept != expected.end() ? *kept : generalised(line, today));
    }
    return updated;
}

}  // namespace meshline::transcripts
