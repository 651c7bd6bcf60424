#include "base/json/json_scan.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"

#include <optional>

namespace meshline {
namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

const char* skip_digits(const char* cursor, const char* end) {
    while (cursor != end && is_digit(*cursor))
        ++cursor;
    return cursor;
}

std::optional<std::uint32_t> read_four_hex(std::string_view digits) {
    if (digits.size() < 4) return std::nullopt;
    std::uint32_t value = 0;
    for (const char digit : digits.substr(0, 4)) {
        value <<= 4;
        if (is_digit(digit)) {
            value += static_cast<std::uint32_t>(digit - '0');
        } else if (digit >= 'a' && digit <= 'f') {
            value += static_cast<std::uint32_t>(digit - 'a' + 10);
        } else if (digit >= 'A' && digit <= 'F') {
            value += static_cast<std::uint32_t>(digit - 'A' + 10);
        } else {
            return std::nullopt;
        }
    }
    return value;
}

char* append_utf8(char* out, std::uint32_t code_point) {
    const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
    if (code_point < 0x80) {
        *out++ = byte(code_point);
    } else if (code_point < 0x800) {
        *out++ = byte(0xC0 | (code_point >> 6));
        *out++ = byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        *out++ = byte(0xE0 | (code_point >> 12));
        *out++ = byte(0x80 | ((code_point >> 6) & 0x3F));
        *out++ = byte(0x80 | (code_point & 0x3F));
    } else {
        *out++ = byte(0xF0 | (code_point >> 18));
        *out++ = byte(0x80 | ((code_point >> 12) & 0x3F));
        *out++ = byte(0x80 | ((code_point >> 6) & 0x3F));
        *out++ = byte(0x80 | (code_point & 0x3F));
    }
    return out;
}

char simple_escape(char letter) {
    switch (letter) {
        case '"':
            return '"';
        case '\\':
            return '\\';
        case '/':
            return '/';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return '\0';
    }
}

constexpr const char* bad_escape = "unknown escape in a string";
constexpr const char* lone_surrogate = "half of a surrogate pair in a string";

/// Reads what follows "\u" at `at`, with its second half where it is a pair; returns the bytes
/// read, or 0 with `message` set.
std::size_t read_unicode_escape(std::string_view at, std::uint32_t& code_point,
                                const char*& message) {
    const auto first = read_four_hex(at);
    if (!first) {
        message = bad_escape;
        return 0;
    }
    code_point = *first;
    if (*first < 0xD800 || *first > 0xDFFF) return 4;
    message = lone_surrogate;
    if (*first > 0xDBFF || at.substr(4, 2) != "\\u") return 0;
    const auto second = read_four_hex(at.substr(6));
    if (!second || *second < 0xDC00 || *second > 0xDFFF) return 0;
    message = nullptr;
    code_point = 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
    return 10;
}

bool is_operator(char byte) {
    return byte == '{' || byte == '}' || byte == '[' || byte == ']' || byte == ',' || byte == ':';
}

bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/// The closing quote of the string whose first inside byte is `begin`, or the text's end with the
/// fault set.
std::size_t find_closing_quote(std::string_view text, std::size_t begin, JsonFault& fault) {
    for (std::size_t at = begin; at < text.size(); ++at) {
        if (text[at] == '"') return at;
        if (static_cast<unsigned char>(text[at]) < 0x20) {
            fault = {"json.syntax", "control byte in a string", at};
            return text.size();
        }
        if (text[at] == '\\') ++at;
    }
    fault = {"json.syntax", "string without a closing quote", begin - 1};
    return text.size();
}

}  // namespace

const char* scan_number(const char* cursor, const char* end, bool& is_number) {
    is_number = false;
    if (cursor != end && *cursor == '-') ++cursor;
    if (cursor == end || !is_digit(*cursor)) return cursor;
    cursor = *cursor == '0' ? cursor + 1 : skip_digits(cursor, end);
    if (cursor != end && *cursor == '.') {
        ++cursor;
        if (cursor == end || !is_digit(*cursor)) return cursor;
        cursor = skip_digits(cursor, end);
    }
    if (cursor != end && (*cursor == 'e' || *cursor == 'E')) {
        ++cursor;
        if (cursor != end && (*cursor == '+' || *cursor == '-')) ++cursor;
        if (cursor == end || !is_digit(*cursor)) return cursor;
        cursor = skip_digits(cursor, end);
    }
    is_number = true;
    return cursor;
}

bool is_json_number(std::string_view token) {
    bool is_number = false;
    const char* end = token.data() + token.size();
    return scan_number(token.data(), end, is_number) == end && is_number;
}

std::size_t unescape_string(std::string_view inside, char* out, JsonFault& fault) {
    char* cursor = out;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (inside[at] != '\\') {
            *cursor++ = inside[at];
            continue;
        }
        const std::size_t escape = at++;
        const char letter = at < inside.size() ? inside[at] : '\0';
        if (letter == 'u') {
            std::uint32_t code_point = 0;
            const char* message = nullptr;
            const std::size_t length =
                read_unicode_escape(inside.substr(at + 1), code_point, message);
            if (length == 0) {
                fault = {"json.syntax", message, escape};
                return 0;
            }
            at += length;
            cursor = append_utf8(cursor, code_point);
        } else if (const char plain = simple_escape(letter); plain != '\0') {
            *cursor++ = plain;
        } else {
            fault = {"json.syntax", bad_escape, escape};
            return 0;
        }
    }
    return static_cast<std::size_t>(cursor - out);
}

std::vector<std::uint32_t> index_slowly(std::string_view text, JsonFault& fault) {
    if (const auto invalid = find_invalid_utf8(text)) {
        fault = {"json.invalid_utf8", "byte that is not UTF-8", *invalid};
        text = text.substr(0, *invalid);
    }
    std::vector<std::uint32_t> offsets;
    bool is_in_token = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto offset = static_cast<std::uint32_t>(at);
        if (text[at] == '"') {
            JsonFault string_fault;
            at = find_closing_quote(text, at + 1, string_fault);
            if (string_fault.is_set()) {
                // A string that is open because an invalid byte cut it keeps that byte's fault.
                if (!fault.is_set() || string_fault.offset != offset) fault = string_fault;
                text = text.substr(0, offset);
                break;
            }
            offsets.push_back(offset);
            is_in_token = false;
        } else if (is_operator(text[at]) || is_space(text[at])) {
            if (is_operator(text[at])) offsets.push_back(offset);
            is_in_token = false;
        } else {
            if (!is_in_token) offsets.push_back(offset);
            is_in_token = true;
        }
    }
    offsets.push_back(static_cast<std::uint32_t>(text.size()));
    return offsets;
}

}  // namespace meshline
