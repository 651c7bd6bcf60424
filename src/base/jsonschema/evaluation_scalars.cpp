// Numbers and texts.
#include "base/jsonschema/evaluation.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

}  // namespace

bool Evaluation::judge_number(const SchemaNode& node, JsonValue value, const Where& where) {
    const NumberChecks& checks = node.number;
    const auto number = DecimalToken::parse(value.raw());
    MESHLINE_CHECK(number.has_value());
    bool is_good = true;
    const auto refuse = [&](std::string_view keyword, std::string_view what) {
        is_good = false;
        if (is_over()) return;
        fail(node, where, keyword, fmt::format("\"{}\" {}", shape_of(value.raw()), what));
    };
    if (checks.minimum && *number < *checks.minimum) refuse("minimum", "is below the minimum");
    if (checks.maximum && *number > *checks.maximum) refuse("maximum", "is above the maximum");
    if (checks.exclusive_minimum && *number <= *checks.exclusive_minimum) {
        refuse("exclusiveMinimum", "is not above the minimum");
    }
    if (checks.exclusive_maximum && *number >= *checks.exclusive_maximum) {
        refuse("exclusiveMaximum", "is not below the maximum");
    }
    if (checks.multiple_of && !checks.multiple_of->divides(*number)) {
        refuse("multipleOf", "is not a multiple of the step");
    }
    return is_good;
}

bool Evaluation::judge_text(const SchemaNode& node, JsonValue value, const Where& where) {
    const TextChecks& checks = node.text;
    const std::string_view text = value.text();
    bool is_good = true;
    const auto refuse = [&](std::string_view keyword, const auto& message) {
        is_good = false;
        if (!is_over()) fail(node, where, keyword, message());
    };
    if (checks.length_min > 0 || checks.length_max != count_without_limit) {
        const std::size_t count = count_characters(text);
        if (count < checks.length_min) {
            refuse("minLength",
                   [&] { return fmt::format("text of {} characters is too short", count); });
        }
        if (count > checks.length_max) {
            refuse("maxLength",
                   [&] { return fmt::format("text of {} characters is too long", count); });
        }
    }
    const re2::StringPiece piece(text.data(), text.size());
    if (checks.pattern && !RE2::PartialMatch(piece, *checks.pattern)) {
        refuse("pattern",
               [&] { return fmt::format("text does not match \"{}\"", checks.pattern_written); });
    }
    if (checks.format && !is_of_format(*checks.format, text)) {
        refuse("format", [&] {
            return fmt::format("\"{}\" is no {}", shape_of(text), name_of(*checks.format));
        });
    }
    return is_good;
}

}  // namespace meshline
