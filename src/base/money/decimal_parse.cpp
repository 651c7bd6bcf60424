#include "base/money/decimal.hpp"
#include "base/money/rounding.hpp"
#include "base/money/wide_decimal.hpp"
#include "base/text/shorten.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

/// Exponents beyond this say nothing more: every value is then zero or out of range.
constexpr std::int64_t exponent_max = 1'000'000'000'000;
/// Text of a user that an error repeats.
constexpr std::size_t quoted_size_max = 80;

/// A number taken apart: the digits of `whole` and `fraction` with the point between them.
struct Parts {
    bool is_negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view& text) {
    const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(size);
    return taken;
}

bool take_sign(std::string_view& text) {
    if (text.empty() || (text[0] != '-' && text[0] != '+')) return false;
    const bool is_negative = text[0] == '-';
    text.remove_prefix(1);
    return is_negative;
}

std::optional<Parts> take_apart(std::string_view text) {
    Parts parts;
    parts.is_negative = take_sign(text);
    parts.whole = take_digits(text);
    if (!text.empty() && text[0] == '.') {
        text.remove_prefix(1);
        parts.fraction = take_digits(text);
    }
    if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
    if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
        text.remove_prefix(1);
        const bool is_negative = take_sign(text);
        const std::string_view digits = take_digits(text);
        if (digits.empty()) return std::nullopt;
        for (const char digit : digits) {
            parts.exponent = std::min(parts.exponent * 10 + (digit - '0'), exponent_max);
        }
        if (is_negative) parts.exponent = -parts.exponent;
    }
    if (!text.empty()) return std::nullopt;
    return parts;
}

constexpr int whole_digits_max = 12;

/// The millionths of a text such as "-12.50", as nearly every source writes amounts; nothing where
/// the text is another one or does not fit, which says nothing about it yet.
std::optional<std::int64_t> plain_micros(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    std::int64_t micros = 0;
    std::size_t at = 0;
    // Twelve digits and six are the most that is taken, which stays within 64 bits.
    const auto take = [&](int digits_max) {
        const std::size_t begin = at;
        for (; at < text.size() && at - begin < static_cast<std::size_t>(digits_max) &&
               text[at] >= '0' && text[at] <= '9';
             ++at) {
            micros = micros * 10 + (text[at] - '0');
        }
        return at - begin;
    };
    if (take(whole_digits_max) == 0) return std::nullopt;
    std::size_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        ++at;
        fraction = take(Decimal::digits);
    }
    if (at != text.size()) return std::nullopt;
    for (; fraction < Decimal::digits; ++fraction)
        micros *= 10;
    return is_negative ? -micros : micros;
}

Error refuse(std::string_view text, std::string code, std::string_view reason, std::string hint) {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = fmt::format("\"{}\" {}", shortened(text, quoted_size_max), reason),
                 .hint = std::move(hint)};
}

/// How many digits a number may have before the point, and keeps after it.
struct DigitLimits {
    int whole = whole_digits_max;
    int kept = Decimal::digits;
};

/// The value's magnitude in units of the last kept digit, cut off, and what was cut off; nothing
/// where it has more digits before the point. 32 of them and six fit 128 bits.
struct Magnitude {
    __int128 units = 0;
    CutOff cut_off = CutOff::nothing;
};

std::optional<Magnitude> magnitude_of(const Parts& parts, const DigitLimits& limits) {
    Magnitude magnitude;
    // The power of ten of the digit in hand. Digits are read once, whatever their number.
    auto power = static_cast<std::int64_t>(parts.whole.size()) - 1 + parts.exponent;
    bool is_tail_zero = true;
    int first_cut = 0;
    for (const std::string_view digits : {parts.whole, parts.fraction}) {
        for (const char letter : digits) {
            const int digit = letter - '0';
            if (digit != 0 && power >= limits.whole) return std::nullopt;
            if (power >= -limits.kept) {
                magnitude.units = magnitude.units * 10 + digit;
            } else if (power == -limits.kept - 1) {
                first_cut = digit;
            } else if (digit != 0) {
                is_tail_zero = false;
            }
            --power;
        }
    }
    // Zeros that an exponent stands for: "12e3" has two digits but five before the point.
    if (magnitude.units != 0) {
        for (; power >= -limits.kept; --power)
            magnitude.units *= 10;
    }
    if (first_cut > 5 || (first_cut == 5 && !is_tail_zero)) {
        magnitude.cut_off = CutOff::above_half;
    } else if (first_cut == 5) {
        magnitude.cut_off = CutOff::half;
    } else if (first_cut > 0 || !is_tail_zero) {
        magnitude.cut_off = CutOff::below_half;
    }
    return magnitude;
}

/// The millionths of a text of any form.
Result<__int128> micros_of(std::string_view text, const DigitLimits& limits, Rounding rounding) {
    const std::optional<Parts> parts = take_apart(text);
    if (!parts) {
        return refuse(text, "money.not_a_number", "is not a number",
                      "Write digits with a point, such as -1234.50, without separators.");
    }
    const std::optional<Magnitude> magnitude = magnitude_of(*parts, limits);
    const auto overflow = [&] {
        return refuse(
            text, "money.overflow", "does not fit an amount",
            fmt::format("Amounts have at most {} digits before the point.", limits.whole));
    };
    if (!magnitude) return overflow();
    const Result<bool> is_up =
        rounds_up(magnitude->cut_off, parts->is_negative, magnitude->units % 2 != 0, rounding);
    if (!is_up.ok()) {
        return refuse(text, "money.inexact", "has more than six digits after the point",
                      "Amounts have at most six digits after the point.");
    }
    __int128 micros = magnitude->units + (*is_up ? 1 : 0);
    for (int digit = limits.kept; digit < Decimal::digits; ++digit)
        micros *= 10;
    const __int128 micros_max =
        limits.whole == whole_digits_max ? Decimal::micros_max : WideDecimal::micros_max;
    if (micros > micros_max) return overflow();
    return parts->is_negative ? -micros : micros;
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text, Rounding rounding) {
    if (const auto micros = plain_micros(text)) return from_micros(*micros);
    MESHLINE_ASSIGN(const __int128 micros, micros_of(text, DigitLimits(), rounding));
    return from_micros(micros);
}

Result<WideDecimal> WideDecimal::parse(std::string_view text, Rounding rounding) {
    // Nearly every sum is no larger than an amount may be.
    if (const auto micros = plain_micros(text)) return from_micros(*micros);
    return parse_rounded(text, digits, rounding);
}

Result<WideDecimal> WideDecimal::parse_rounded(std::string_view text, int digits_kept,
                                               Rounding rounding) {
    MESHLINE_CHECK(digits_kept >= 0 && digits_kept <= digits);
    const DigitLimits limits{.whole = whole_digits_max, .kept = digits_kept};
    MESHLINE_ASSIGN(const __int128 micros, micros_of(text, limits, rounding));
    return from_micros(micros);
}

}  // namespace meshline
