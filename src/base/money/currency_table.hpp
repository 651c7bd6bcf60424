#pragma once

#include "base/money/currency.hpp"
#include "base/result/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The currencies that are known: those of the binary (schema/currencies.csv: ISO 4217, withdrawn
/// ones of the last ten years too), and those that a workspace adds. A value that never changes;
/// copies are cheap and may be read from any thread.
class CurrencyTable {
  public:
    /// The binary's own.
    CurrencyTable();
    static const CurrencyTable& standard();

    /// With codes that are added, or have other digits. Each must be one that Currency::unlisted()
    /// takes, its digits 0 to 6.
    CurrencyTable with(const MinorDigits& added) const;

    /// Upper or lower case ("usd", as Stripe writes it). Error money.unknown_currency with the
    /// nearest known code.
    Result<Currency> find(std::string_view code) const;
    bool has(std::string_view code) const { return at(code) != nullptr; }
    /// Whether nothing was added.
    bool is_standard() const { return currencies_ == standard().currencies_; }
    /// "AED 2\nAFN 2\n...": what a figure depends on.
    std::string text() const;

  private:
    using Currencies = std::vector<Currency>;
    explicit CurrencyTable(std::shared_ptr<const Currencies> currencies);

    static std::shared_ptr<const Currencies> read_standard();
    const Currency* at(std::string_view code) const;

    std::shared_ptr<const Currencies> currencies_;  // shared: read from every worker thread
};

}  // namespace meshline
