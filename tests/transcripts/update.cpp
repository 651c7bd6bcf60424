#include "transcripts/update.hpp"

#include "transcripts/match.hpp"

#include <algorithm>

namespace meshline::transcripts {

namespace {

constexpr std::size_t digest_length = 64;

bool is_hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

std::string generalised(const std::string& line, const std::string& today) {
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        const std::string_view rest = std::string_view(line).substr(at);
        const auto end_of_digits = std::ranges::find_if_not(rest, is_hexadecimal);
        const auto digits = static_cast<std::size_t>(end_of_digits - rest.begin());
        const std::size_t instant = length_of_instant(rest);
        if (digits == digest_length) {
            text += "<digest>";
            at += digits;
        } else if (instant > 0 && rest.substr(0, today.size()) >= today) {
            text += "<instant>";
            at += instant;
        } else {
            // A run of digits is taken whole, so that its tail is no digest of its own.
            const std::size_t count = instant > 0 ? instant : std::max<std::size_t>(digits, 1);
            text += rest.substr(0, count);
            at += count;
        }
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
