#pragma once

#include "base/money/decimal.hpp"
#include "base/result/result.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace meshline {

/// A sum of amounts: six digits after the point in 128 bits, DECIMAL(38,6) in SQL, so
/// |value| < 10^32. The limit of one amount is no limit of a sum: more amounts than a log can hold
/// fit into it, and beyond it is the error money.overflow, never a wrap.
class WideDecimal {
  public:
    static constexpr int digits = Decimal::digits;
    static constexpr std::int64_t scale = Decimal::scale;
    static constexpr int whole_digits_max = 32;
    /// 10^38 - 1.
    static constexpr __int128 micros_max =
        static_cast<__int128>(10'000'000'000'000'000'000U) * 10'000'000'000'000'000'000U - 1;

    constexpr WideDecimal() = default;
    /// Implicit on purpose: every amount is a sum of one.
    constexpr WideDecimal(Decimal amount) : micros_(amount.micros()) {}

    /// Error money.overflow outside +-micros_max.
    static Result<WideDecimal> from_micros(__int128 micros);
    /// As Decimal::parse(), with up to 32 digits before the point.
    static Result<WideDecimal> parse(std::string_view text, Rounding rounding);
    /// To `digits_kept` (0 to 6) after the point, rounded once.
    static Result<WideDecimal> parse_rounded(std::string_view text, int digits_kept,
                                             Rounding rounding);

    constexpr __int128 micros() const { return micros_; }
    Result<WideDecimal> plus(WideDecimal other) const;
    Result<WideDecimal> minus(WideDecimal other) const;
    constexpr WideDecimal negated() const { return WideDecimal(-micros_); }
    /// Without its sign.
    constexpr WideDecimal magnitude() const { return micros_ < 0 ? negated() : *this; }
    /// To `digits_kept` (0 to 6) after the point.
    Result<WideDecimal> rounded(int digits_kept, Rounding rounding) const;
    /// At least `digits_min` digits after the point, more when the value has them: "12.50".
    std::string text(int digits_min = 0) const;
    friend auto operator<=>(const WideDecimal&, const WideDecimal&) = default;

  private:
    constexpr explicit WideDecimal(__int128 micros) : micros_(micros) {}

    __int128 micros_ = 0;
};

}  // namespace meshline
