#include "core/contract/read_value.hpp"

#include "base/json/decimal_token.hpp"
#include "base/text/text.hpp"
#include "core/contract/read_text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Error unreadable(JsonValue value, std::string_view expected) {
    const bool is_text = value.is(JsonType::string) || value.is(JsonType::number);
    return Error{
        .kind = ErrorKind::invalid,
        .code = "contract.unreadable_value",
        .message = is_text ? fmt::format("\"{}\" is not {}", shape_of(value.text()), expected)
                           : fmt::format("expected {}, found {}", expected, name_of(value.type()))};
}

/// The text to read, where the value is one: empty for null and empty text.
std::optional<std::string_view> text_of(JsonValue value) {
    switch (value.type()) {
        case JsonType::null:
            return std::string_view{};
        case JsonType::number:
            return value.raw();
        case JsonType::string:
            return trim(value.text());
        default:
            return std::nullopt;
    }
}

bool is_word(std::string_view text, std::string_view lower_word) {
    return text.size() == lower_word.size() && to_lower_ascii(text) == lower_word;
}

}  // namespace

Result<std::optional<Decimal>> read_money(JsonValue value, const ReadOptions& options) {
    const auto text = text_of(value);
    if (!text) return unreadable(value, "an amount");
    if (text->empty()) return std::nullopt;
    TextBuffer buffer;
    const auto plain =
        value.is(JsonType::number) ? text : plain_number(*text, options.decimal_mark, buffer);
    if (!plain) return unreadable(value, "an amount");
    auto amount = Decimal::parse(*plain, Rounding::exact);
    if (!amount.ok()) {
        return unreadable(value, "an amount").because(std::move(amount).error());
    }
    return std::optional(*amount);
}

Result<std::optional<std::int64_t>> read_integer(JsonValue value) {
    const auto text = text_of(value);
    if (!text) return unreadable(value, "an integer");
    if (text->empty()) return std::nullopt;
    const auto token = DecimalToken::parse(*text);
    const auto number = token ? token->to_int64() : std::nullopt;
    if (!number) return unreadable(value, "an integer of 64 bits");
    return number;
}

Result<std::optional<bool>> read_boolean(JsonValue value) {
    if (value.is(JsonType::boolean)) return std::optional(value.boolean());
    if (value.is(JsonType::null)) return std::nullopt;
    if (!value.is(JsonType::string)) return unreadable(value, "true or false");
    const std::string_view text = trim(value.text());
    if (text.empty()) return std::nullopt;
    if (is_word(text, "true")) return std::optional(true);
    if (is_word(text, "false")) return std::optional(false);
    return unreadable(value, "true or false");
}

Result<std::optional<Instant>> read_instant(JsonValue value, const ReadOptions& options) {
    const auto text = value.is(JsonType::number) ? std::nullopt : text_of(value);
    if (!text) return unreadable(value, "a date-time");
    if (text->empty()) return std::nullopt;
    TextBuffer buffer;
    const auto plain = plain_date(*text, options.date_order, buffer);
    if (!plain) return unreadable(value, "a date-time");
    auto instant = parse_instant(*plain, options.zone);
    if (!instant.ok()) {
        const char* expected = instant.error().code == "time.no_zone"
                                   ? "a date-time with its offset, and the source names no zone"
                                   : "a date-time";
        return unreadable(value, expected).because(std::move(instant).error());
    }
    return std::optional(*instant);
}

Result<std::optional<Instant>> read_unix(JsonValue value, std::int64_t unit_micros) {
    auto count = read_integer(value);
    if (!count.ok()) return unreadable(value, "a time since 1970");
    if (!*count) return std::nullopt;
    const __int128 micros = static_cast<__int128>(**count) * unit_micros;
    if (micros < instant_min.micros || micros > instant_max.micros) {
        return unreadable(value, "a time between the years 1 and 9999");
    }
    return std::optional(Instant{static_cast<std::int64_t>(micros)});
}

Result<std::optional<BusinessDate>> read_date(JsonValue value, const ReadOptions& options) {
    const auto text = value.is(JsonType::number) ? std::nullopt : text_of(value);
    if (!text) return unreadable(value, "a date");
    if (text->empty()) return std::nullopt;
    TextBuffer buffer;
    const auto plain = plain_date(*text, options.date_order, buffer);
    if (!plain) return unreadable(value, "a date");
    auto date = BusinessDate::parse(*plain);
    if (!date.ok()) return unreadable(value, "a date").because(std::move(date).error());
    return std::optional(*date);
}

}  // namespace meshline
