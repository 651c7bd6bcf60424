#pragma once

#include "core/model/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// Where the stored bytes of a block are not those that were written.
struct BlockDamage {
    std::uint64_t offset =
        0;                    ///< In the block: of the first bad byte, or of the bytes it is among.
    std::uint64_t bytes = 0;  ///< 1 where the bad byte itself is known.
    std::string part;         ///< "header", "payload digest of position 7", ...
    /// The events that differ by it; 0 where it may be any of the block's.
    Position first_position = 0;
    Position last_position = 0;
};

/// The first damage of a block that begins with a known position, as closely as its checksums tell:
/// a single bad byte is found by trying which change makes its checksum right, which takes up to
/// some tenths of a second; of several there is the piece with the first of them. Nothing when the
/// checksums are right, or when so much is wrong that none can be told to be there.
std::optional<BlockDamage> find_damage(std::string_view block, Position first_position);

}  // namespace meshline
