#include "base/money/money_text.hpp"

#include "base/money/currency.hpp"

namespace meshline {
namespace {

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (point == std::string_view::npos) return is_digits(text);
    return is_digits(text.substr(0, point)) && is_digits(text.substr(point + 1));
}

}  // namespace

std::string amount_text(std::string_view number, std::string_view currency_code) {
    std::string text(number);
    if (!is_plain_number(number)) return text;
    const auto currency = Currency::stored(currency_code);
    const auto digits_min = static_cast<std::size_t>(currency.ok() ? currency->minor_digits() : 0);
    const std::size_t point = text.find('.');
    const std::size_t whole = point == std::string::npos ? text.size() : point;
    std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
    while (fraction.size() > digits_min && fraction.back() == '0')
        fraction.pop_back();
    if (fraction.size() < digits_min) fraction.append(digits_min - fraction.size(), '0');
    text.resize(whole);
    return fraction.empty() ? text : text + "." + fraction;
}

}  // namespace meshline
