#pragma once

#include "base/result/result.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// A SHA-256 (FIPS 180-4) value: the identity of a definition, a payload, a result, a tree.
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    /// 64 lower-case hex digits.
    std::string hex() const;
    void append_hex(std::string& out) const;
    /// The first 12 hex digits, for people.
    std::string brief() const;
    bool is_zero() const;
    /// The 32 bytes themselves; valid as long as the digest.
    std::string_view view() const;
    friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// 64 hex digits in either case. Error hash.bad_digest.
Result<Digest> digest_from_hex(std::string_view hex);

Digest sha256(std::string_view bytes);

/// SHA-256 of several pieces in order, without joining them. Not thread-safe; reusable after
/// finish(). Holds its state in itself: making one costs no allocation.
class Sha256 {
  public:
    Sha256();

    void update(std::string_view bytes);
    Digest finish();

  private:
    static constexpr std::size_t state_size = 112;
    alignas(8) std::array<std::byte, state_size> state_;
};

}  // namespace meshline
