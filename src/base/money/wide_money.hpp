#pragma once

#include "base/money/money.hpp"
#include "base/money/wide_decimal.hpp"
#include "base/result/result.hpp"

#include <string>

namespace meshline {

/// A sum of amounts of one currency. Adding two currencies is the error money.currency_mixed.
struct WideMoney {
    WideDecimal amount;
    Currency currency;

    WideMoney(WideDecimal sum, Currency of) : amount(sum), currency(of) {}
    /// Implicit on purpose, as for WideDecimal.
    WideMoney(const Money& money) : amount(money.amount), currency(money.currency) {}

    Result<WideMoney> plus(const WideMoney& other) const;
    /// "12.50 USD"; at least the currency's minor digits.
    std::string text() const;
    friend bool operator==(const WideMoney&, const WideMoney&) = default;
};

}  // namespace meshline
