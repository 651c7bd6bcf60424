#include "base/money/currency.hpp"
#include "base/text/text.hpp"
#include "core/contract/judge.hpp"
#include "core/contract/read_value.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

enum class Reading { value, nothing, refused };

/// Drops the value: what it is, the transform will read again.
template <class T>
Reading outcome_of(Result<std::optional<T>> read, std::string& message) {
    if (!read.ok()) {
        message = std::move(read).error().message;
        return Reading::refused;
    }
    return *read ? Reading::value : Reading::nothing;
}

Reading read_currency(JsonValue value, std::string& message) {
    if (value.is(JsonType::null)) return Reading::nothing;
    if (value.is(JsonType::string)) {
        if (value.text().empty()) return Reading::nothing;
        if (Currency::from_code(value.text()).ok()) return Reading::value;
        message = fmt::format("\"{}\" is not a currency", shape_of(value.text()));
    } else {
        message = fmt::format("expected a currency, found {}", name_of(value.type()));
    }
    return Reading::refused;
}

Reading read_annotated(Annotation annotation, JsonValue value, const ReadOptions& options,
                       std::string& message) {
    switch (annotation) {
        case Annotation::none:
            return Reading::value;
        case Annotation::money:
            return outcome_of(read_money(value, options), message);
        case Annotation::integer:
            return outcome_of(read_integer(value), message);
        case Annotation::boolean:
            return outcome_of(read_boolean(value), message);
        case Annotation::instant:
            return outcome_of(read_instant(value, options), message);
        case Annotation::unix_seconds:
            return outcome_of(read_unix(value, 1'000'000), message);
        case Annotation::unix_millis:
            return outcome_of(read_unix(value, 1'000), message);
        case Annotation::date:
            return outcome_of(read_date(value, options), message);
        case Annotation::currency:
            return read_currency(value, message);
    }
    return Reading::value;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

}  // namespace

bool Judge::judge_annotation(const Schema& schema, JsonValue value, const Path* path) {
    std::string message;
    switch (read_annotated(schema.annotation, value, options_, message)) {
        case Reading::value:
            return true;
        case Reading::nothing:
            // Null got here because `type` allows it, empty text because it does not.
            if (value.is(JsonType::null)) return true;
            return fail(path, "x-meshline", "empty text where a value is needed");
        case Reading::refused:
            break;
    }
    return fail(path, "x-meshline", std::move(message));
}

bool Judge::judge_number(const Schema& schema, JsonValue value, const Path* path) {
    const auto number = DecimalToken::parse(value.raw());
    MESHLINE_CHECK(number.has_value());
    const auto refuse = [&](std::string_view keyword, std::string_view what) {
        if (is_quiet_) return false;
        return fail(path, keyword, fmt::format("\"{}\" {}", shape_of(value.raw()), what));
    };
    bool holds = true;
    if (schema.minimum && *number < *schema.minimum) {
        holds = refuse("minimum", "is below the minimum");
    }
    if (schema.maximum && *number > *schema.maximum) {
        holds = refuse("maximum", "is above the maximum");
    }
    if (schema.exclusive_minimum && *number <= *schema.exclusive_minimum) {
        holds = refuse("exclusiveMinimum", "is not above the minimum");
    }
    if (schema.exclusive_maximum && *number >= *schema.exclusive_maximum) {
        holds = refuse("exclusiveMaximum", "is not below the maximum");
    }
    if (schema.multiple_of && !schema.multiple_of->divides(*number)) {
        holds = refuse("multipleOf", "is not a multiple of the step");
    }
    return holds;
}

bool Judge::judge_string(const Schema& schema, JsonValue value, const Path* path) {
    bool holds = true;
    const std::string_view text = value.text();
    const bool is_sized =
        schema.length_min > 0 || schema.length_max != std::numeric_limits<std::size_t>::max();
    if (is_sized) {
        const std::size_t count = count_characters(text);
        if (count < schema.length_min) {
            holds =
                fail(path, "minLength", fmt::format("text of {} characters is too short", count));
        }
        if (count > schema.length_max) {
            holds =
                fail(path, "maxLength", fmt::format("text of {} characters is too long", count));
        }
    }
    if (schema.pattern &&
        !RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *schema.pattern)) {
        holds = fail(path, "pattern",
                     fmt::format("text does not match \"{}\"", schema.pattern->pattern()));
    }
    return holds;
}

}  // namespace meshline
