#include "base/text/text.hpp"

#include <cstring>

namespace meshline {
namespace {

/// Length of the well-formed sequence that starts at `bytes` (Unicode 15, table 3-7), or 0.
/// Overlong forms, surrogates and code points above U+10FFFF are not well-formed.
std::size_t sequence_size(const unsigned char* bytes, std::size_t left) {
    const unsigned char lead = bytes[0];
    if (lead < 0x80) return 1;
    std::size_t size = 0;
    unsigned char second_min = 0x80;
    unsigned char second_max = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
        size = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        size = 3;
        if (lead == 0xe0) second_min = 0xa0;
        if (lead == 0xed) second_max = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        size = 4;
        if (lead == 0xf0) second_min = 0x90;
        if (lead == 0xf4) second_max = 0x8f;
    }
    if (size == 0 || size > left) return 0;
    if (bytes[1] < second_min || bytes[1] > second_max) return 0;
    for (std::size_t index = 2; index < size; ++index) {
        if ((bytes[index] & 0xc0) != 0x80) return 0;
    }
    return size;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::size_t at = 0;
    while (at < text.size()) {
        // Records are nearly all ASCII, so eight bytes are judged at once.
        std::uint64_t word = 0;
        while (at + sizeof word <= text.size()) {
            std::memcpy(&word, bytes + at, sizeof word);
            if (word & high_bits) break;
            at += sizeof word;
        }
        if (at == text.size()) break;
        const std::size_t size = sequence_size(bytes + at, text.size() - at);
        if (size == 0) return at;
        at += size;
    }
    return std::nullopt;
}

}  // namespace meshline
