#include "transcripts/match.hpp"

#include <algorithm>
#include <set>

namespace meshline::transcripts {

namespace {

constexpr std::string_view digest = "<digest>";
constexpr std::string_view instant = "<instant>";
constexpr std::string_view any_text = "<...>";
constexpr std::string_view any_lines = "...";
constexpr std::size_t digest_length_min = 8;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

/// Offsets in the actual line up to which the expectation so far can have matched.
using Reached = std::set<std::size_t>;

Reached after_any_text(const Reached& from, std::string_view actual) {
    Reached reached;
    if (from.empty()) return reached;
    for (std::size_t at = *from.begin(); at <= actual.size(); ++at)
        reached.insert(at);
    return reached;
}

Reached after_digest(const Reached& from, std::string_view actual) {
    Reached reached;
    for (const std::size_t start : from) {
        std::size_t end = start;
        while (end < actual.size() && is_hexadecimal(actual[end])) {
            ++end;
            if (end - start >= digest_length_min) reached.insert(end);
        }
    }
    return reached;
}

Reached after_instant(const Reached& from, std::string_view actual) {
    Reached reached;
    for (const std::size_t start : from) {
        const std::size_t length = length_of_instant(actual.substr(start));
        if (length > 0) reached.insert(start + length);
    }
    return reached;
}

Reached after_text(const Reached& from, std::string_view actual, std::string_view text) {
    Reached reached;
    for (const std::size_t start : from) {
        if (actual.substr(start).starts_with(text)) reached.insert(start + text.size());
    }
    return reached;
}

std::size_t find_placeholder(std::string_view expected, std::size_t from) {
    return std::min(
        {expected.find(digest, from), expected.find(instant, from), expected.find(any_text, from)});
}

}  // namespace

std::size_t length_of_instant(std::string_view text) {
    // 9 stands for a digit.
    constexpr std::string_view shape = "9999-99-99 99:99:99";
    if (text.size() < shape.size()) return 0;
    for (std::size_t at = 0; at < shape.size(); ++at) {
        const bool fits = shape[at] == '9'   ? is_digit(text[at])
                          : shape[at] == ' ' ? text[at] == ' ' || text[at] == 'T'
                                             : text[at] == shape[at];
        if (!fits) return 0;
    }
    std::size_t end = shape.size();
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        ++end;
        while (end < text.size() && is_digit(text[end]))
            ++end;
    }
    return end < text.size() && text[end] == 'Z' ? end + 1 : end;
}

bool has_placeholder(std::string_view expected) {
    return find_placeholder(expected, 0) != std::string_view::npos;
}

bool matches_line(std::string_view expected, std::string_view actual) {
    Reached reached = {0};
    while (!expected.empty() && !reached.empty()) {
        if (expected.starts_with(digest)) {
            reached = after_digest(reached, actual);
            expected.remove_prefix(digest.size());
        } else if (expected.starts_with(instant)) {
            reached = after_instant(reached, actual);
            expected.remove_prefix(instant.size());
        } else if (expected.starts_with(any_text)) {
            reached = after_any_text(reached, actual);
            expected.remove_prefix(any_text.size());
        } else {
            const std::string_view text = expected.substr(0, find_placeholder(expected, 0));
            reached = after_text(reached, actual, text);
            expected.remove_prefix(text.size());
        }
    }
    return reached.contains(actual.size());
}

bool matches(const std::vector<std::string>& expected, const std::vector<std::string>& actual) {
    std::set<std::size_t> reached = {0};
    for (const std::string& line : expected) {
        std::set<std::size_t> next;
        if (line == any_lines) {
            if (!reached.empty()) {
                for (std::size_t at = *reached.begin(); at <= actual.size(); ++at)
                    next.insert(at);
            }
        } else {
            for (const std::size_t at : reached) {
                if (at < actual.size() && matches_line(line, actual[at])) next.insert(at + 1);
            }
        }
        reached = next;
    }
    return reached.contains(actual.size());
}

std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual) {
    const std::size_t rows = expected.size();
    const std::size_t columns = actual.size();
    // common[i][j]: the most lines that expected from i and actual from j can have in common.
    std::vector<std::vector<std::size_t>> common(rows + 1,
                                                 std::vector<std::size_t>(columns + 1, 0));
    for (std::size_t row = rows; row-- > 0;) {
        for (std::size_t column = columns; column-- > 0;) {
            common[row][column] = matches_line(expected[row], actual[column])
                                      ? common[row + 1][column + 1] + 1
                                      : std::max(common[row + 1][column], common[row][column + 1]);
        }
    }
    std::string text;
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows || column < columns) {
        const bool are_same =
            row < rows && column < columns && matches_line(expected[row], actual[column]);
        if (are_same) {
            text += "  " + actual[column++] + "\n";
            ++row;
        } else if (row < rows &&
                   (column == columns || common[row + 1][column] >= common[row][column + 1])) {
            text += "- " + expected[row++] + "\n";
        } else {
            text += "+ " + actual[column++] + "\n";
        }
    }
    return text;
}

}  // namespace meshline::transcripts
