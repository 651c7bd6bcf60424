#pragma once

#include "base/hash/digest.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace meshline {

inline constexpr std::size_t sha256_block_bytes = 64;

/// The eight words of FIPS 180-4, 6.2, between two blocks; at first those of 5.3.3. In the order
/// in which the processor's instructions take them.
struct Sha256State {
    std::array<std::uint32_t, 4> feba = {0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667};
    std::array<std::uint32_t, 4> hgdc = {0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};

    Digest digest() const;
};

struct Sha256Input {
    Sha256State& state;
    const char* at;
};

/// Whether this processor can.
bool has_sha256_pair();
/// Takes as many blocks of either into its state. Only where has_sha256_pair().
void sha256_pair(Sha256Input one, Sha256Input other, std::size_t blocks);

}  // namespace meshline
