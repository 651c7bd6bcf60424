#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace meshline {

/// The slot of a key in an open-addressing table of `slot_count` slots, a power of two from 2 on.
/// Multiplying by the golden ratio in 64 bits carries every bit of the key into the highest ones,
/// so those are taken.
inline std::size_t slot_of(std::uint64_t key, std::size_t slot_count) {
    const int bits = std::countr_zero(slot_count);
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> (64 - bits));
}

}  // namespace meshline
