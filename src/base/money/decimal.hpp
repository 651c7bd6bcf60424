#pragma once

#include "base/result/result.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// How a value that does not fit its digits is brought to them. The name says it all; there is no
/// default.
enum class Rounding : std::uint8_t {
    half_even,            ///< To the nearest; a tie goes to the even digit.
    half_away_from_zero,  ///< To the nearest; a tie goes away from zero.
    toward_zero,          ///< Cut off.
    floor,                ///< Toward minus infinity.
    exact,                ///< No rounding: a value that does not fit is an error.
};

/// A fixed-point number with six digits after the point in 64 bits: DECIMAL(18,6) in SQL, so
/// |value| < 10^12. Overflow is the error money.overflow, never a wrap.
class Decimal {
  public:
    static constexpr int digits = 6;
    static constexpr std::int64_t scale = 1'000'000;
    static constexpr std::int64_t micros_max = 999'999'999'999'999'999;

    constexpr Decimal() = default;
    /// Error money.overflow outside +-micros_max.
    static Result<Decimal> from_micros(__int128 micros);
    /// JSON number or plain decimal text: sign, digits, point, exponent ("1e2", "-0.05", "12").
    /// More than six digits after the point are rounded as named. Errors: money.not_a_number,
    /// money.overflow, money.inexact (with Rounding::exact).
    static Result<Decimal> parse(std::string_view text, Rounding rounding);

    constexpr std::int64_t micros() const { return micros_; }
    Result<Decimal> plus(Decimal other) const;
    Result<Decimal> minus(Decimal other) const;
    Decimal negated() const;
    Result<Decimal> times(Decimal other, Rounding rounding) const;
    /// To `digits` (0 to 6) after the point.
    Result<Decimal> rounded(int digits_kept, Rounding rounding) const;

    /// At least `digits_min` digits after the point, more when the value has them: "12.50".
    std::string text(int digits_min = 0) const;
    friend auto operator<=>(const Decimal&, const Decimal&) = default;

  private:
    std::int64_t micros_ = 0;
};

}  // namespace meshline
