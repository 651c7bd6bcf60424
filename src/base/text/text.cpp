#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

std::string quote(std::string_view text, char mark) {
    std::string quoted;
    quoted.reserve(text.size() + 2);
    quoted.push_back(mark);
    for (const char letter : text) {
        if (letter == mark) quoted.push_back(mark);
        quoted.push_back(letter);
    }
    quoted.push_back(mark);
    return quoted;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = text.find(separator, begin);
        parts.push_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string joined;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        if (index > 0) joined += separator;
        joined += parts[index];
    }
    return joined;
}

std::string_view trim(std::string_view text) {
    // Nearly always there is nothing to trim, so each end is one comparison.
    const auto is_blank = [](char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string to_lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

std::string with_thousands(std::int64_t number) {
    return with_thousands(std::to_string(number));
}

std::string with_thousands(std::string_view number) {
    const std::size_t sign = number.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(number.find_first_not_of("0123456789", sign), number.size());
    std::string text(number.substr(0, sign));
    for (std::size_t index = sign; index < end; ++index) {
        if (index > sign && (end - index) % 3 == 0) text.push_back(',');
        text.push_back(number[index]);
    }
    return text.append(number.substr(end));
}

std::string quote_literal(std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return quote(text, '\'');
    std::vector<std::string> parts;
    for (const std::string_view part : split(text, '\0'))
        parts.push_back(quote(part, '\''));
    return "(" + join(parts, " || chr(0) || ") + ")";
}

std::string quote_identifier(std::string_view name) {
    return quote(name, '"');
}

}  // namespace meshline
