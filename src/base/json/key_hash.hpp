#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace meshline {

/// Equal names hash equal; names that differ only in their middle may collide and are compared.
/// Reads up to 8 bytes beyond the name, which the padded text of a document allows.
inline std::uint32_t hash_of_padded_key(const char* name, std::size_t length) {
    // Without a branch: names of both kinds follow each other in no order to be guessed.
    const bool is_long = length >= 8;
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, name, 8);
    std::memcpy(&tail, name + (is_long ? length - 8 : 0), 8);
    head &= is_long ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * (length & 7))) - 1;
    tail &= is_long ? ~std::uint64_t{0} : 0;
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    const std::uint64_t mixed = (head * odd) ^ ((tail + length) * 0xC2B2AE3D27D4EB4F);
    return static_cast<std::uint32_t>((mixed * odd) >> 32);
}

/// Whether two names are the same, without a call for those of up to 16 bytes.
inline bool is_same_key(std::string_view one, std::string_view other) {
    const std::size_t size = one.size();
    if (size != other.size()) return false;
    const auto load = [](std::string_view name, std::size_t bytes, std::size_t offset) {
        std::uint64_t word = 0;
        std::memcpy(&word, name.data() + offset, bytes);
        return word;
    };
    if (size > 16) return std::memcmp(one.data(), other.data(), size) == 0;
    if (size >= 8) {
        return load(one, 8, 0) == load(other, 8, 0) &&
               load(one, 8, size - 8) == load(other, 8, size - 8);
    }
    if (size >= 4) {
        return load(one, 4, 0) == load(other, 4, 0) &&
               load(one, 4, size - 4) == load(other, 4, size - 4);
    }
    for (std::size_t at = 0; at < size; ++at) {
        if (one[at] != other[at]) return false;
    }
    return true;
}

/// hash_of_padded_key() of any text.
inline std::uint32_t hash_of_key(std::string_view name) {
    if (name.size() >= 8) return hash_of_padded_key(name.data(), name.size());
    char padded[16] = {};
    std::memcpy(padded, name.data(), name.size());
    return hash_of_padded_key(padded, name.size());
}

}  // namespace meshline
