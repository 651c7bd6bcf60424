#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// What one checksum of a block's content covers. Small enough that damage can be told to a byte by
/// trying, large enough that the sums are a five hundredth of the block.
inline constexpr std::size_t piece_bytes = 4096;
inline constexpr std::size_t sum_bytes = 8;

inline std::uint64_t piece_count(std::uint64_t bytes) {
    return (bytes + piece_bytes - 1) / piece_bytes;
}

/// Appends the XXH3-64 of each piece of the part.
void put_sums(std::string& sums, std::string_view part);

/// Whether the sums are those of the part.
bool has_sums(std::string_view part, std::string_view sums);

}  // namespace meshline
