#include "base/money/currency_table.hpp"

#include "base/text/embedded_file.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <utility>

namespace meshline {

/// Generated at build time from schema/currencies.csv.
std::span<const EmbeddedFile> embedded_currencies();

namespace {

Error unknown_currency(std::string_view code, const std::vector<Currency>& currencies) {
    std::vector<std::string> known;
    for (const Currency& currency : currencies)
        known.emplace_back(currency.code());
    std::string hint = hint_for_unknown(code, known);
    if (hint.empty()) hint = "Currencies are written as ISO 4217 codes, such as USD.";
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.unknown_currency",
                 .message = fmt::format("unknown currency \"{}\"", shortened(code, 80)),
                 .hint = std::move(hint)};
}

}  // namespace

std::shared_ptr<const CurrencyTable::Currencies> CurrencyTable::read_standard() {
    static const std::shared_ptr<const Currencies> read = [] {
        auto currencies = std::make_shared<Currencies>();
        bool is_head = true;
        for (const std::string_view line : split(embedded_currencies().front().bytes, '\n')) {
            const auto cells = split(line, ',');
            // code,digits,kind,from,until
            if (!is_head && cells.size() > 1 && cells[1].size() == 1)
                currencies->push_back(Currency(cells[0], cells[1].front() - '0'));
            is_head = false;
        }
        return currencies;
    }();
    return read;
}

CurrencyTable::CurrencyTable() : currencies_(read_standard()) {}

CurrencyTable::CurrencyTable(std::shared_ptr<const Currencies> currencies)
    : currencies_(std::move(currencies)) {}

const CurrencyTable& CurrencyTable::standard() {
    static const CurrencyTable table;
    return table;
}

CurrencyTable CurrencyTable::with(const MinorDigits& added) const {
    if (added.empty()) return *this;
    auto currencies = std::make_shared<Currencies>(*currencies_);
    for (const auto& [code, digits] : added) {
        const Currency one(code, digits);
        const auto place = std::ranges::lower_bound(*currencies, one);
        if (place != currencies->end() && *place == one) {
            *place = one;
        } else {
            currencies->insert(place, one);
        }
    }
    return CurrencyTable(std::move(currencies));
}

const Currency* CurrencyTable::at(std::string_view code) const {
    const auto wanted = Currency::unlisted(code);
    if (!wanted) return nullptr;
    const auto found = std::ranges::lower_bound(*currencies_, *wanted);
    return found != currencies_->end() && *found == *wanted ? &*found : nullptr;
}

Result<Currency> CurrencyTable::find(std::string_view code) const {
    if (const Currency* found = at(code)) return *found;
    return unknown_currency(code, *currencies_);
}

std::string CurrencyTable::text() const {
    std::string text;
    for (const Currency& currency : *currencies_)
        text += fmt::format("{} {}\n", currency.code(), currency.minor_digits());
    return text;
}

}  // namespace meshline
