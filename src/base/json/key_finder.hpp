#pragma once

#include "base/json/json_value.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace meshline {

/// One member's name on the tape with a hash that costs two loads.
struct KeyRecord {
    std::uint32_t hash = 0;
    std::uint32_t node = 0;
};

/// Finds names that an object states twice. Small objects are compared pair by pair, larger ones
/// through a table; names made to collide end in a sort, so the work stays n log n at worst.
class DuplicateKeyFinder {
  public:
    /// `keys` in document order; returns the node of the first name that repeats an earlier one.
    std::optional<std::uint32_t> find(const JsonTape& tape, std::span<const KeyRecord> keys);

  private:
    std::optional<std::uint32_t> find_by_table(const JsonTape& tape,
                                               std::span<const KeyRecord> keys);
    std::optional<std::uint32_t> find_by_sort(const JsonTape& tape,
                                              std::span<const KeyRecord> keys);

    std::vector<std::uint32_t> slots_;
    std::vector<KeyRecord> sorted_;
};

}  // namespace meshline
