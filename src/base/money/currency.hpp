#pragma once

#include "base/result/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// By code: digits of minor units.
using MinorDigits = std::map<std::string, int, std::less<>>;

/// A currency: its code and the digits of its minor unit. Which ones there are a CurrencyTable
/// says. Two are the same where their codes are: how many digits one is shown with is no other
/// currency.
class Currency {
  public:
    static constexpr std::size_t code_size_min = 3;
    static constexpr std::size_t code_size_max = 8;

    /// Of the binary's own table, for what no workspace has a say in. As CurrencyTable::find().
    static Result<Currency> from_code(std::string_view code);
    /// What looks like a code, of no table: a letter, then letters and digits, three to eight
    /// together, in either case ("usdc"). Counted and shown with two digits, for want of a word.
    static std::optional<Currency> unlisted(std::string_view code);
    /// As our own stores hold it, of a table that may have changed since: from_code(), else
    /// unlisted(). Error money.unknown_currency where it can be no code.
    static Result<Currency> stored(std::string_view code);

    std::string_view code() const& { return {code_.data(), size_}; }
    std::string_view code() const&& = delete;  // It would outlive what it looks at.
    /// Digits after the point: 0 (JPY), 2, 3 (KWD), 4 (CLF).
    int minor_digits() const { return digits_; }
    /// Those of the minor units in which a platform counts, where it says so.
    int minor_digits(const MinorDigits& of_platform) const;

    friend bool operator==(const Currency& left, const Currency& right) {
        return left.code_ == right.code_;
    }
    friend auto operator<=>(const Currency& left, const Currency& right) {
        return left.code_ <=> right.code_;
    }

  private:
    friend class CurrencyTable;

    /// `code` keeps is_code().
    Currency(std::string_view code, int digits);

    std::array<char, code_size_max> code_{};  ///< Upper case, zeros behind it.
    std::uint8_t size_ = 0;
    std::uint8_t digits_ = 0;
};

}  // namespace meshline
