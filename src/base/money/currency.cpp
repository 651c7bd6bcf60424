#include "base/money/currency.hpp"

#include "base/money/currency_table.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr int unlisted_digits = 2;

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_code(std::string_view code) {
    return code.size() >= Currency::code_size_min && code.size() <= Currency::code_size_max &&
           is_letter(code.front()) && std::ranges::all_of(code, [](char byte) {
               return is_letter(byte) || (byte >= '0' && byte <= '9');
           });
}

}  // namespace

Currency::Currency(std::string_view code, int digits)
    : size_(static_cast<std::uint8_t>(code.size())), digits_(static_cast<std::uint8_t>(digits)) {
    std::ranges::transform(code, code_.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
}

std::optional<Currency> Currency::unlisted(std::string_view code) {
    if (!is_code(code)) return std::nullopt;
    return Currency(code, unlisted_digits);
}

Result<Currency> Currency::from_code(std::string_view code) {
    return CurrencyTable::standard().find(code);
}

Result<Currency> Currency::stored(std::string_view code) {
    auto listed = from_code(code);
    if (listed.ok()) return listed;
    if (const auto other = unlisted(code)) return *other;
    return listed;
}

int Currency::minor_digits(const MinorDigits& of_platform) const {
    const auto stated = of_platform.find(code());
    return stated == of_platform.end() ? minor_digits() : stated->second;
}

}  // namespace meshline
