// The text is read as an amount, a currency, a point in time, a date, a time zone's name and the
// stored figures of a day. Holds for all: what is read writes itself in a way that is read as the
// same, rounding keeps to its side and its digits, and what is refused is refused by name.
#include "base/money/money.hpp"
#include "base/time/instant.hpp"
#include "base/time/zone.hpp"
#include "core/model/publication.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace meshline {
namespace {

constexpr Rounding roundings[] = {Rounding::half_even, Rounding::half_away_from_zero,
                                  Rounding::toward_zero, Rounding::floor};

void check_amount(std::string_view text) {
    const auto exact = Decimal::parse(text, Rounding::exact);
    if (exact.ok()) {
        const auto again = Decimal::parse(exact->text(), Rounding::exact);
        MESHLINE_CHECK(again.ok() && *again == *exact);
    } else {
        MESHLINE_CHECK(exact.error().code.starts_with("money."));
    }
    for (const Rounding rounding : roundings) {
        const auto rounded = Decimal::parse(text, rounding);
        // What needs no rounding is the same however it would be rounded.
        if (exact.ok()) MESHLINE_CHECK(rounded.ok() && *rounded == *exact);
        if (!rounded.ok()) {
            MESHLINE_CHECK(rounded.error().code.starts_with("money."));
            continue;
        }
        for (int digits = 0; digits <= Decimal::digits; ++digits) {
            const auto cut = rounded->rounded(digits, rounding);
            if (!cut.ok()) continue;
            const auto twice = cut->rounded(digits, Rounding::exact);
            MESHLINE_CHECK(twice.ok() && *twice == *cut);
            if (rounding == Rounding::floor) MESHLINE_CHECK(*cut <= *rounded);
        }
    }
}

void check_currency(std::string_view text) {
    const auto currency = Currency::from_code(text);
    if (!currency.ok()) {
        MESHLINE_CHECK(currency.error().code == "money.unknown_currency");
        return;
    }
    MESHLINE_CHECK(*Currency::from_code(currency->code()) == *currency);
    MESHLINE_CHECK(currency->minor_digits() >= 0 && currency->minor_digits() <= Decimal::digits);
}

void check_time(std::string_view text) {
    static const Zone zone = *Zone::open("Europe/Berlin");
    for (const auto& instant : {parse_instant(text, zone), parse_instant(text, std::nullopt)}) {
        if (!instant.ok()) {
            MESHLINE_CHECK(instant.error().code.starts_with("time."));
            continue;
        }
        const auto again = parse_instant(instant->text(), std::nullopt);
        MESHLINE_CHECK(again.ok() && *again == *instant);
    }
    const auto date = BusinessDate::parse(text);
    if (date.ok()) MESHLINE_CHECK(date->text() == text);
    if (!date.ok()) MESHLINE_CHECK(date.error().code == "time.bad_date");
}

void check_figures(std::string_view text) {
    const auto figures = decode_figures(text);
    if (!figures.ok()) {
        MESHLINE_CHECK(figures.error().code == "publication.bad_figures");
        return;
    }
    // Figures have one form only: their digest is their identity.
    MESHLINE_CHECK(encode_figures(*figures) == text);
}

void check(std::string_view text) {
    check_amount(text);
    check_currency(text);
    check_time(text);
    check_figures(text);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
