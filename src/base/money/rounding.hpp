#pragma once

#include "base/money/decimal.hpp"
#include "base/result/result.hpp"

#include <cstdint>

namespace meshline {

/// What was cut off a magnitude, beside half of its last kept digit.
enum class CutOff : std::uint8_t { nothing, below_half, half, above_half };

/// Whether the magnitude that was cut grows by one in its last kept digit. Error money.inexact with
/// Rounding::exact when something was cut off.
Result<bool> rounds_up(CutOff cut_off, bool is_negative, bool is_odd, Rounding rounding);

/// numerator / denominator as an integer; the denominator is not zero, and neither is the least
/// value of its type. Error money.inexact.
Result<__int128> divide(__int128 numerator, __int128 denominator, Rounding rounding);

}  // namespace meshline
