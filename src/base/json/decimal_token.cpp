#include "base/json/decimal_token.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace meshline {
namespace {

/// Exponents beyond this are cut: no text is long enough to bring its digits back into sight.
constexpr std::int64_t exponent_max = 1'000'000'000'000'000;
constexpr std::int64_t step_digits_max = 18;

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool take_sign(std::string_view& text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    return is_negative;
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto size = static_cast<std::size_t>(end - text.begin());
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return digits;
}

std::optional<std::int64_t> take_exponent(std::string_view& text) {
    if (!text.starts_with('e') && !text.starts_with('E')) return 0;
    text.remove_prefix(1);
    const bool is_negative = take_sign(text);
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    std::int64_t exponent = 0;
    for (const char digit : digits) {
        exponent = std::min(exponent * 10 + (digit - '0'), exponent_max);
    }
    return is_negative ? -exponent : exponent;
}

}  // namespace

std::optional<DecimalToken> DecimalToken::parse(std::string_view text) {
    DecimalToken token;
    token.is_negative_ = take_sign(text);
    const std::string_view mantissa_begin = text;
    const std::string_view whole = take_digits(text);
    std::string_view fraction;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = take_digits(text);
        if (fraction.empty()) return std::nullopt;
    }
    if (whole.empty() && fraction.empty()) return std::nullopt;
    const std::string_view mantissa = mantissa_begin.substr(0, mantissa_begin.size() - text.size());
    const auto exponent = take_exponent(text);
    if (!exponent || !text.empty()) return std::nullopt;

    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos) return DecimalToken{};
    const std::size_t last = mantissa.find_last_of("123456789");
    token.digits_ = mantissa.substr(first, last - first + 1);
    const auto power_at = [&](std::size_t index) {
        const auto place =
            static_cast<std::int64_t>(whole.size()) - static_cast<std::int64_t>(index);
        return *exponent + (index < whole.size() ? place - 1 : place);
    };
    token.first_power_ = power_at(first);
    token.last_power_ = power_at(last);
    return token;
}

std::optional<std::string> DecimalToken::plain_text(std::int64_t digits_max) const {
    if (is_zero()) return "0";
    const std::int64_t top = std::max<std::int64_t>(first_power_, 0);
    const std::int64_t bottom = std::min<std::int64_t>(last_power_, 0);
    if (top - bottom >= digits_max) return std::nullopt;
    std::string text = is_negative_ ? "-" : "";
    std::size_t next = 0;
    for (std::int64_t power = top; power >= bottom; --power) {
        if (power == -1) text += '.';
        if (power > first_power_ || power < last_power_) {
            text += '0';
            continue;
        }
        if (digits_[next] == '.') ++next;
        text += digits_[next++];
    }
    return text;
}

std::optional<std::int64_t> DecimalToken::to_int64() const {
    if (is_zero()) return 0;
    if (last_power_ < 0 || first_power_ > 18) return std::nullopt;
    __int128 value = 0;
    for (const char digit : digits_) {
        if (digit != '.') value = value * 10 + (digit - '0');
    }
    for (std::int64_t power = last_power_; power > 0; --power)
        value *= 10;
    if (is_negative_) value = -value;
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

std::uint64_t DecimalToken::hash(std::uint64_t seed) const {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    if (is_zero()) return seed * odd;
    std::uint64_t hash = seed ^ (static_cast<std::uint64_t>(first_power_) << 1 | is_negative_);
    for (const char digit : digits_) {
        if (digit != '.') hash = (hash ^ static_cast<unsigned char>(digit)) * odd;
        hash ^= hash >> 29;
    }
    return hash;
}

std::strong_ordering operator<=>(const DecimalToken& a, const DecimalToken& b) {
    const auto sign_of = [](const DecimalToken& token) {
        return token.is_zero() ? 0 : (token.is_negative_ ? -1 : 1);
    };
    if (sign_of(a) != sign_of(b)) return sign_of(a) <=> sign_of(b);
    if (a.is_zero()) return std::strong_ordering::equal;
    auto order = a.first_power_ <=> b.first_power_;
    std::size_t at_a = 0;
    std::size_t at_b = 0;
    while (order == 0 && (at_a < a.digits_.size() || at_b < b.digits_.size())) {
        if (at_a < a.digits_.size() && a.digits_[at_a] == '.') ++at_a;
        if (at_b < b.digits_.size() && b.digits_[at_b] == '.') ++at_b;
        const char digit_a = at_a < a.digits_.size() ? a.digits_[at_a++] : '0';
        const char digit_b = at_b < b.digits_.size() ? b.digits_[at_b++] : '0';
        order = digit_a <=> digit_b;
    }
    return a.is_negative_ ? 0 <=> order : order;
}

std::optional<DecimalStep> DecimalStep::create(const DecimalToken& token) {
    const bool is_short = token.first_power_ - token.last_power_ < step_digits_max;
    if (token.is_zero() || token.is_negative_ || !is_short) return std::nullopt;
    DecimalStep step;
    step.digits_ = 0;
    step.power_ = token.last_power_;
    for (const char digit : token.digits_) {
        if (digit != '.') step.digits_ = step.digits_ * 10 + static_cast<unsigned>(digit - '0');
    }
    return step;
}

bool DecimalStep::divides(const DecimalToken& value) const {
    if (value.is_zero()) return true;
    // The value's last digit is not zero, so a step that ends at a higher power cannot divide it.
    std::int64_t power = value.last_power_ - power_;
    if (power < 0) return false;
    using Wide = unsigned __int128;
    const auto times = [&](std::uint64_t a, std::uint64_t b) {
        return static_cast<std::uint64_t>(Wide{a} * b % digits_);
    };
    std::uint64_t rest = 0;
    for (const char digit : value.digits_) {
        if (digit == '.') continue;
        rest = static_cast<std::uint64_t>((Wide{rest} * 10 + static_cast<unsigned>(digit - '0')) %
                                          digits_);
    }
    for (std::uint64_t factor = 10 % digits_; power > 0; power >>= 1) {
        if ((power & 1) != 0) rest = times(rest, factor);
        factor = times(factor, factor);
    }
    return rest == 0;
}

}  // namespace meshline
