#include "core/contract/compile_schema.hpp"
#include "core/contract/keywords.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

Result<void> KeywordReader::read_enum(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::array, "a list of values"));
    if (value.size() == 0) return refuse(value, "empty list of values");
    schema.enumerated = value;
    return {};
}

Result<void> KeywordReader::read_const(Schema& schema, JsonValue value) {
    schema.constant = value;
    return {};
}

Result<void> KeywordReader::read_number(std::optional<DecimalToken>& number, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::number, "a number"));
    number = DecimalToken::parse(value.raw());
    return {};
}

Result<void> KeywordReader::read_minimum(Schema& schema, JsonValue value) {
    return read_number(schema.minimum, value);
}

Result<void> KeywordReader::read_maximum(Schema& schema, JsonValue value) {
    return read_number(schema.maximum, value);
}

Result<void> KeywordReader::read_exclusive_minimum(Schema& schema, JsonValue value) {
    return read_number(schema.exclusive_minimum, value);
}

Result<void> KeywordReader::read_exclusive_maximum(Schema& schema, JsonValue value) {
    return read_number(schema.exclusive_maximum, value);
}

Result<void> KeywordReader::read_multiple_of(Schema& schema, JsonValue value) {
    std::optional<DecimalToken> number;
    MESHLINE_TRY(read_number(number, value));
    schema.multiple_of = DecimalStep::create(*number);
    if (schema.multiple_of) return {};
    return refuse(value, "a number above zero with at most 18 digits was expected");
}

Result<void> KeywordReader::read_count(std::size_t& count, JsonValue value) {
    const auto token = value.is(JsonType::number) ? DecimalToken::parse(value.raw()) : std::nullopt;
    const auto number = token ? token->to_int64() : std::nullopt;
    if (!number || *number < 0) return refuse(value, "a count, 0 or more, was expected");
    count = static_cast<std::size_t>(*number);
    return {};
}

Result<void> KeywordReader::read_min_length(Schema& schema, JsonValue value) {
    return read_count(schema.length_min, value);
}

Result<void> KeywordReader::read_max_length(Schema& schema, JsonValue value) {
    return read_count(schema.length_max, value);
}

Result<void> KeywordReader::read_min_items(Schema& schema, JsonValue value) {
    return read_count(schema.items_min, value);
}

Result<void> KeywordReader::read_max_items(Schema& schema, JsonValue value) {
    return read_count(schema.items_max, value);
}

Result<void> KeywordReader::read_pattern(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::string, "a regular expression"));
    RE2::Options options;
    options.set_log_errors(false);
    const std::string_view text = value.text();
    auto pattern = std::make_unique<RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!pattern->ok()) {
        return schema_error(compiled_, value.offset(), "contract.bad_pattern",
                            fmt::format("bad pattern: {}", pattern->error()),
                            "Patterns are RE2 expressions: no look-around, no back-references.");
    }
    schema.pattern = std::move(pattern);
    return {};
}

}  // namespace meshline
