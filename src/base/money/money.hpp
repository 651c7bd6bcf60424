#pragma once

#include "base/money/currency.hpp"
#include "base/money/decimal.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <string>

namespace meshline {

/// An amount beside its currency. Adding two currencies is the error money.currency_mixed.
struct Money {
    Decimal amount;
    Currency currency;

    /// `minor` in the currency's smallest unit, as Stripe states amounts (JPY has no decimals).
    static Result<Money> from_minor(std::int64_t minor, Currency currency);
    /// The same of a platform that counts the currency with `digits` after the point, 0 to 6.
    static Result<Money> from_minor(std::int64_t minor, Currency currency, int digits);
    Result<Money> plus(const Money& other) const;
    Result<Money> minus(const Money& other) const;
    Money negated() const;
    /// Rounded to the currency's minor unit.
    Result<Money> rounded(Rounding rounding) const;
    /// "12.50 USD"; at least the currency's minor digits.
    std::string text() const;
    friend bool operator==(const Money&, const Money&) = default;
};

}  // namespace meshline
