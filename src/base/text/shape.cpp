#include "base/text/text.hpp"

namespace meshline {

std::string shape_of(std::string_view text) {
    std::string shape;
    std::size_t count = 0;
    for (const char byte : text) {
        // The following bytes of a character stand for nothing of their own.
        if ((static_cast<unsigned char>(byte) & 0xC0) == 0x80) continue;
        if (count++ == shape_characters_max) return shape + "...";
        const bool is_ascii = static_cast<unsigned char>(byte) < 0x80;
        if (byte >= '0' && byte <= '9') {
            shape += '9';
        } else if (byte >= 'A' && byte <= 'Z') {
            shape += 'A';
        } else if (!is_ascii || (byte >= 'a' && byte <= 'z')) {
            shape += 'a';
        } else {
            shape += byte >= ' ' && byte != 0x7F ? byte : ' ';
        }
    }
    return shape;
}

}  // namespace meshline
