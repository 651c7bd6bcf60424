#pragma once

#include "base/result/result.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace meshline {

/// By code: digits of a platform's minor units, where they are not those of the currency.
using MinorDigits = std::map<std::string, int, std::less<>>;

/// An ISO 4217 currency. Source of the table: ISO 4217 list one of 2024-06-25 (active codes and
/// fund codes; codes with minor unit "N.A." such as XAU have six digits here).
class Currency {
  public:
    /// Accepts upper or lower case ("usd", as Stripe writes it). Error money.unknown_currency with
    /// the nearest known code.
    static Result<Currency> from_code(std::string_view code);

    std::string_view code() const;
    /// Digits after the point: 0 (JPY), 2, 3 (KWD), 4 (CLF).
    int minor_digits() const;
    /// Those of the minor units in which a platform counts.
    int minor_digits(const MinorDigits& of_platform) const;
    friend auto operator<=>(const Currency&, const Currency&) = default;

  private:
    explicit Currency(std::uint16_t index) : index_(index) {}
    std::uint16_t index_;
};

}  // namespace meshline
