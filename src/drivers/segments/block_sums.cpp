#define XXH_INLINE_ALL
#include "drivers/segments/block_sums.hpp"

#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <xxhash.h>

namespace meshline {

void put_sums(std::string& sums, std::string_view part) {
    for (; !part.empty(); part.remove_prefix(std::min(piece_bytes, part.size()))) {
        const std::string_view piece = part.substr(0, piece_bytes);
        put_integer<std::uint64_t>(sums, XXH3_64bits(piece.data(), piece.size()));
    }
}

bool has_sums(std::string_view part, std::string_view sums) {
    thread_local std::string expected;
    expected.clear();
    put_sums(expected, part);
    return expected == sums;
}

}  // namespace meshline
