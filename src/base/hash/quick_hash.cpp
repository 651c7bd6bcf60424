#include "base/hash/quick_hash.hpp"

#include <xxhash.h>

namespace meshline {

std::uint64_t quick_hash(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace meshline
