#include "base/money/decimal.hpp"

#include "base/money/rounding.hpp"
#include "base/money/wide_decimal.hpp"

#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::array<std::int64_t, 7> powers_of_ten = {1,      10,      100,      1'000,
                                                       10'000, 100'000, 1'000'000};

}  // namespace

Result<Decimal> Decimal::from_micros(__int128 micros) {
    if (micros > micros_max || micros < -micros_max) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "money.overflow",
                     .message = fmt::format("{} millionths do not fit an amount", micros),
                     .hint = "Amounts have at most 12 digits before the point."};
    }
    Decimal decimal;
    decimal.micros_ = static_cast<std::int64_t>(micros);
    return decimal;
}

Result<Decimal> Decimal::plus(Decimal other) const {
    return from_micros(static_cast<__int128>(micros_) + other.micros_);
}

Result<Decimal> Decimal::minus(Decimal other) const {
    return from_micros(static_cast<__int128>(micros_) - other.micros_);
}

Decimal Decimal::negated() const {
    Decimal decimal;
    decimal.micros_ = -micros_;
    return decimal;
}

Result<Decimal> Decimal::times(Decimal other, Rounding rounding) const {
    MESHLINE_ASSIGN(const __int128 micros,
                    divide(static_cast<__int128>(micros_) * other.micros_, scale, rounding));
    return from_micros(micros);
}

Result<Decimal> Decimal::rounded(int digits_kept, Rounding rounding) const {
    MESHLINE_CHECK(digits_kept >= 0 && digits_kept <= digits);
    const std::int64_t unit = powers_of_ten[static_cast<std::size_t>(digits - digits_kept)];
    MESHLINE_ASSIGN(const __int128 units, divide(micros_, unit, rounding));
    return from_micros(units * unit);
}

std::string Decimal::text(int digits_min) const {
    return WideDecimal(*this).text(digits_min);
}

}  // namespace meshline
