#include "base/hash/digest.hpp"

#include "base/text/shorten.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_hex_of(std::string_view bytes, std::string& out) {
    const std::size_t begin = out.size();
    out.resize(begin + bytes.size() * 2);
    char* at = out.data() + begin;
    for (const char byte : bytes) {
        const auto value = static_cast<std::uint8_t>(byte);
        *at++ = hex_digits[value >> 4];
        *at++ = hex_digits[value & 15];
    }
}

/// The value of a hex digit, or -1.
int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

}  // namespace

std::string Digest::hex() const {
    std::string text;
    append_hex(text);
    return text;
}

void Digest::append_hex(std::string& out) const {
    append_hex_of(view(), out);
}

std::string Digest::brief() const {
    std::string text;
    append_hex_of(view().substr(0, 6), text);
    return text;
}

bool Digest::is_zero() const {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

std::string_view Digest::view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<Digest> digest_from_hex(std::string_view hex) {
    const auto refuse = [&] {
        return Error{.kind = ErrorKind::invalid,
                     .code = "hash.bad_digest",
                     .message = "\"" + shortened(hex, 80) + "\" is not a SHA-256 digest",
                     .hint = "A digest is written as 64 hex digits."};
    };
    Digest digest;
    if (hex.size() != digest.bytes.size() * 2) return refuse();
    for (std::size_t index = 0; index < digest.bytes.size(); ++index) {
        const int high = hex_value(hex[index * 2]);
        const int low = hex_value(hex[index * 2 + 1]);
        if (high < 0 || low < 0) return refuse();
        digest.bytes[index] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

}  // namespace meshline
