#include "base/money/rounding.hpp"

namespace meshline {

Result<bool> rounds_up(CutOff cut_off, bool is_negative, bool is_odd, Rounding rounding) {
    if (cut_off == CutOff::nothing) return false;
    switch (rounding) {
        case Rounding::half_even:
            return cut_off == CutOff::above_half || (cut_off == CutOff::half && is_odd);
        case Rounding::half_away_from_zero:
            return cut_off != CutOff::below_half;
        case Rounding::toward_zero:
            return false;
        case Rounding::floor:
            return is_negative;
        case Rounding::exact:
            break;
    }
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.inexact",
                 .message = "the value has more digits than can be kept",
                 .hint = "Give a value that fits, or name how it is rounded."};
}

Result<__int128> divide(__int128 numerator, __int128 denominator, Rounding rounding) {
    const bool is_negative = (numerator < 0) != (denominator < 0);
    // A magnitude below 2^127, so its double fits the unsigned type.
    const auto above = static_cast<unsigned __int128>(numerator < 0 ? -numerator : numerator);
    const auto below = static_cast<unsigned __int128>(denominator < 0 ? -denominator : denominator);
    const unsigned __int128 quotient = above / below;
    const unsigned __int128 remainder = above % below;
    CutOff cut_off = CutOff::nothing;
    if (remainder != 0) {
        const unsigned __int128 twice = remainder * 2;
        cut_off = twice < below    ? CutOff::below_half
                  : twice == below ? CutOff::half
                                   : CutOff::above_half;
    }
    MESHLINE_ASSIGN(const bool is_up,
                    rounds_up(cut_off, is_negative, (quotient & 1) != 0, rounding));
    const auto magnitude = static_cast<__int128>(quotient + (is_up ? 1 : 0));
    return is_negative ? -magnitude : magnitude;
}

}  // namespace meshline
