#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result/result.hpp"

namespace meshline {

/// A SHA-256 (FIPS 180-4) value: the identity of a definition, a payload, a result, a tree.
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    /// 64 lower-case hex digits.
    std::string hex() const;
    /// The first 12 hex digits, for people.
    std::string brief() const;
    bool is_zero() const;
    std::string_view view() const;
    friend auto operator<=>(const Digest&, const Digest&) = default;
};

Result<Digest> digest_from_hex(std::string_view hex);

Digest sha256(std::string_view bytes);

/// SHA-256 of several pieces in order, without joining them. Not thread-safe; reusable after
/// finish().
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void update(std::string_view bytes);
    Digest finish();

  private:
    void* context_;
};

}  // namespace meshline
