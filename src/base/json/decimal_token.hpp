#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// A decimal number of any length, looked at where it is written: no digit is lost and nothing is
/// allocated. Refers to the caller's text.
class DecimalToken {
  public:
    /// Sign, digits, point, exponent; leading zeros and "+" are read too. Nothing for other text.
    static std::optional<DecimalToken> parse(std::string_view text);

    bool is_zero() const { return digits_.empty(); }
    bool is_negative() const { return is_negative_; }
    /// Whether the value is a whole number, however it is written: 1.0 and 1e2 are.
    bool is_whole() const { return is_zero() || last_power_ >= 0; }
    /// The value, where it is whole and fits.
    std::optional<std::int64_t> to_int64() const;

    /// The value without an exponent and without zeros that say nothing: "-7", "0.05". Equal for
    /// equal values; nothing where that has more than `digits_max` digits.
    std::optional<std::string> plain_text(std::int64_t digits_max) const;

    /// Equal for equal values, however they are written.
    std::uint64_t hash(std::uint64_t seed) const;

    friend std::strong_ordering operator<=>(const DecimalToken& a, const DecimalToken& b);
    friend bool operator==(const DecimalToken& a, const DecimalToken& b) {
        return (a <=> b) == std::strong_ordering::equal;
    }

  private:
    friend class DecimalStep;

    bool is_negative_ = false;
    /// From the first to the last digit that is not zero, maybe with the point between.
    std::string_view digits_;
    std::int64_t first_power_ = 0;  ///< Power of ten of the first of these digits.
    std::int64_t last_power_ = 0;   ///< Power of ten of the last.
};

/// The positive number of a "multipleOf", which values are divided by exactly.
class DecimalStep {
  public:
    /// Nothing for zero, negative numbers and more than 18 significant digits.
    static std::optional<DecimalStep> create(const DecimalToken& token);
    bool divides(const DecimalToken& value) const;

  private:
    std::uint64_t digits_ = 1;
    std::int64_t power_ = 0;
};

}  // namespace meshline
