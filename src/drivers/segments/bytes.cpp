#include "drivers/segments/bytes.hpp"

namespace meshline {

void put_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}

void put_signed_varint(std::string& out, std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    put_varint(out, (bits << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void put_text(std::string& out, std::string_view text) {
    put_varint(out, text.size());
    out.append(text);
}

std::uint64_t ByteReader::varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const std::string_view taken = take(1);
        if (!is_good_) return 0;
        const auto byte = static_cast<std::uint8_t>(taken[0]);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
    is_good_ = false;
    return 0;
}

std::int64_t ByteReader::signed_varint() {
    const std::uint64_t bits = varint();
    return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
}

std::string_view ByteReader::text() {
    return take(varint());
}

std::string_view ByteReader::take(std::uint64_t size) {
    if (!is_good_ || size > remaining()) {
        is_good_ = false;
        return {};
    }
    const std::string_view taken = bytes_.substr(offset_, size);
    offset_ += size;
    return taken;
}

}  // namespace meshline
