#pragma once

#include "base/result/result.hpp"
#include "core/model/ids.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Positions from `first` through `last`.
struct PositionRange {
    Position first = 0;
    Position last = 0;
    friend bool operator==(const PositionRange&, const PositionRange&) = default;
};

/// A set of log positions, kept as ranges: what a file brings lies together, however much it is.
class PositionSet {
  public:
    PositionSet() = default;
    /// Nothing when `first` is greater than `last`.
    PositionSet(Position first, Position last);

    /// Cheap at the end of the set, else as long as the set.
    void add(Position position) { add(PositionRange{position, position}); }
    void add(PositionRange range);
    void add(const PositionSet& other);

    bool is_empty() const { return ranges_.empty(); }
    bool contains(Position position) const;
    bool meets(const PositionSet& other) const;
    std::uint64_t size() const;
    /// In order, disjoint, not adjacent.
    const std::vector<PositionRange>& ranges() const { return ranges_; }

    PositionSet without(const PositionSet& other) const;
    PositionSet common_with(const PositionSet& other) const;

    /// "1-5,7"; "" for the empty set.
    std::string text() const;
    /// The inverse of text(). Error captures.bad_positions.
    static Result<PositionSet> parse(std::string_view text);

    friend bool operator==(const PositionSet&, const PositionSet&) = default;

  private:
    std::vector<PositionRange> ranges_;
};

}  // namespace meshline
