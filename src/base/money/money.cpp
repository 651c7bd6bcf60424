#include "base/money/money.hpp"

#include "base/money/wide_money.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Error currency_mixed(const WideMoney& left, const WideMoney& right) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.currency_mixed",
                 .message = fmt::format("\"{}\" and \"{}\" are of two currencies", left.text(),
                                        right.text()),
                 .hint = "Convert one of them with a rate first."};
}

}  // namespace

Result<Money> Money::from_minor(std::int64_t minor, Currency currency) {
    return from_minor(minor, currency, currency.minor_digits());
}

Result<Money> Money::from_minor(std::int64_t minor, Currency currency, int digits) {
    __int128 micros = minor;
    for (int digit = digits; digit < Decimal::digits; ++digit)
        micros *= 10;
    MESHLINE_ASSIGN(const Decimal amount, Decimal::from_micros(micros));
    return Money{amount, currency};
}

Result<Money> Money::plus(const Money& other) const {
    if (currency != other.currency) return currency_mixed(*this, other);
    MESHLINE_ASSIGN(const Decimal sum, amount.plus(other.amount));
    return Money{sum, currency};
}

Result<Money> Money::minus(const Money& other) const {
    return plus(other.negated());
}

Money Money::negated() const {
    return {amount.negated(), currency};
}

Result<Money> Money::rounded(Rounding rounding) const {
    MESHLINE_ASSIGN(const Decimal kept, amount.rounded(currency.minor_digits(), rounding));
    return Money{kept, currency};
}

std::string Money::text() const {
    return WideMoney(*this).text();
}

Result<WideMoney> WideMoney::plus(const WideMoney& other) const {
    if (currency != other.currency) return currency_mixed(*this, other);
    MESHLINE_ASSIGN(const WideDecimal sum, amount.plus(other.amount));
    return WideMoney(sum, currency);
}

std::string WideMoney::text() const {
    return fmt::format("{} {}", amount.text(currency.minor_digits()), currency.code());
}

}  // namespace meshline
