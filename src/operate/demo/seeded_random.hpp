#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace meshline {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine and library, which
/// std::mt19937 promises but the distributions of <random> do not.
class SeededRandom {
  public:
    /// `purpose` sets apart the sequences of one seed, so that drawing more for one purpose does
    /// not shift the others.
    SeededRandom(std::uint64_t seed, std::string_view purpose);

    std::uint64_t next();
    /// 0 to `limit` - 1; `limit` at least 1.
    std::int64_t below(std::int64_t limit);
    /// `least` to `greatest`, both included.
    std::int64_t between(std::int64_t least, std::int64_t greatest);
    bool happens(int per_mille);
    /// An index into `weights`, none negative, one positive at least.
    std::size_t pick(std::span<const int> weights);
    /// Letters and digits, as platforms write their ids.
    std::string letters(std::size_t count);

  private:
    std::uint64_t state_;
};

}  // namespace meshline
