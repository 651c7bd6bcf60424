#pragma once

#include <cstdint>
#include <string_view>

namespace meshline {

/// XXH3 of the bytes: to find things by, or to notice accidents; never to prove anything. With the
/// hash of what came before as `seed` it is the hash of a sequence of texts.
std::uint64_t quick_hash(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace meshline
