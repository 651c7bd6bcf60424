#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace meshline {

/// Different rows that one file may hold; they are held in memory while it is read.
inline constexpr std::size_t different_rows_max = 1u << 24;

/// What the ids of a row by its bytes begin with: "row/" and half of its digest.
std::string row_identity(const Digest& row);

/// Tells the rows of one file apart by their bytes and by how often the same bytes came before:
/// equal rows of a file are different facts, and the file renamed, grown or in pieces that overlap
/// has the same rows.
class RowIdentities {
  public:
    explicit RowIdentities(std::size_t different_max = different_rows_max)
        : different_max_(different_max) {}

    /// The id of the file's next row: row_identity() where it is the first of its bytes, with its
    /// number from the second on, "row/.../2". Error capture.too_many_rows.
    Result<std::string> next(const Digest& row);

  private:
    using Half = std::pair<std::uint64_t, std::uint64_t>;
    struct Hash {
        std::size_t operator()(const Half& half) const { return half.first; }
    };
    std::size_t different_max_;
    std::unordered_map<Half, std::uint32_t, Hash> counts_;
};

}  // namespace meshline
