#include "base/money/currency.hpp"

#include "base/money/currency_table.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t code_size = 3;

Error unknown_currency(std::string_view code) {
    std::vector<std::string> known;
    for (const CurrencyRow& row : currency_table())
        known.emplace_back(row.code);
    std::string hint = hint_for_unknown(code, known);
    if (hint.empty()) hint = "Currencies are written as ISO 4217 codes, such as USD.";
    return Error{.kind = ErrorKind::invalid,
                 .code = "money.unknown_currency",
                 .message = fmt::format("unknown currency \"{}\"", shortened(code, 80)),
                 .hint = std::move(hint)};
}

}  // namespace

Result<Currency> Currency::from_code(std::string_view code) {
    if (code.size() != code_size) return unknown_currency(code);
    std::array<char, code_size> upper{};
    std::ranges::transform(code, upper.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    const std::string_view wanted(upper.data(), upper.size());
    const std::span<const CurrencyRow> table = currency_table();
    const auto row = std::ranges::lower_bound(table, wanted, {}, &CurrencyRow::code);
    if (row == table.end() || row->code != wanted) return unknown_currency(code);
    return Currency(static_cast<std::uint16_t>(row - table.begin()));
}

std::string_view Currency::code() const {
    return currency_table()[index_].code;
}

int Currency::minor_digits() const {
    return currency_table()[index_].minor_digits;
}

int Currency::minor_digits(const MinorDigits& of_platform) const {
    const auto stated = of_platform.find(code());
    return stated == of_platform.end() ? minor_digits() : stated->second;
}

}  // namespace meshline
