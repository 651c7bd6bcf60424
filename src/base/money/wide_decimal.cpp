#include "base/money/wide_decimal.hpp"

#include "base/money/rounding.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Error overflow() {
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.overflow",
                 .message = "a sum does not fit 32 digits before the point",
                 .hint = "Amounts have at most 12 digits before the point, sums of them 32."};
}

}  // namespace

Result<WideDecimal> WideDecimal::from_micros(__int128 micros) {
    if (micros > micros_max || micros < -micros_max) return overflow();
    return WideDecimal(micros);
}

Result<WideDecimal> WideDecimal::plus(WideDecimal other) const {
    // Twice the largest value is beyond 128 bits.
    __int128 sum = 0;
    if (__builtin_add_overflow(micros_, other.micros_, &sum)) return overflow();
    return from_micros(sum);
}

Result<WideDecimal> WideDecimal::minus(WideDecimal other) const {
    return plus(other.negated());
}

Result<WideDecimal> WideDecimal::rounded(int digits_kept, Rounding rounding) const {
    MESHLINE_CHECK(digits_kept >= 0 && digits_kept <= digits);
    std::int64_t unit = 1;
    for (int digit = digits_kept; digit < digits; ++digit)
        unit *= 10;
    MESHLINE_ASSIGN(const __int128 units, divide(micros_, unit, rounding));
    // Rounding away from zero adds a unit at most, which stays within 128 bits.
    return from_micros(units * unit);
}

std::string WideDecimal::text(int digits_min) const {
    MESHLINE_CHECK(digits_min >= 0 && digits_min <= digits);
    const __int128 size = micros_ < 0 ? -micros_ : micros_;
    std::string text = fmt::format("{}{}.{:06}", micros_ < 0 ? "-" : "", size / scale,
                                   static_cast<std::int64_t>(size % scale));
    const auto spare_max = static_cast<std::size_t>(digits - digits_min);
    const std::size_t zeros = text.size() - 1 - text.find_last_not_of('0');
    text.resize(text.size() - std::min(zeros, spare_max));
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace meshline
