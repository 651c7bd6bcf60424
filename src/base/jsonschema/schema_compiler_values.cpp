// The keywords that hold values: types, bounds, lengths, counts, patterns, formats.
#include "base/json/for_each_child.hpp"
#include "base/jsonschema/ecma_pattern.hpp"
#include "base/jsonschema/schema_compiler.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
Result<void> SchemaCompiler::read_values(SchemaNode& node, JsonValue source) {
    MESHLINE_TRY(read_type(node, source));
    if (const auto found = source.find("enum"); found && found->is(JsonType::array)) {
        node.enumerated = *found;
        node.checks |= check_values;
    }
    if (const auto found = source.find("const"); found && dialect() >= Dialect::draft_6) {
        node.constant = *found;
        node.checks |= check_values;
    }
    MESHLINE_TRY(read_number(node, source));
    return read_counts(node, source);
}

Result<void> SchemaCompiler::read_type(SchemaNode& node, JsonValue source) {
    const auto found = source.find("type");
    if (!found) return {};
    const auto add_type = [&](JsonValue name) -> Result<void> {
        const auto known = type_of_name(name.text());
        if (!known || !name.is(JsonType::string)) {
            return refuse(name, "schema.bad_value", fmt::format("unknown type \"{}\"", name.text()),
                          hint_for_unknown(name.text(), names_of_types(0xFF)));
        }
        node.types |= *known;
        return {};
    };
    if (!found->is(JsonType::array)) return add_type(*found);
    if (found->size() == 0) return refuse(*found, "schema.bad_value", "empty list of types");
    JsonValue name = found->first();
    for (std::size_t left = found->size();; name = name.next()) {
        MESHLINE_TRY(add_type(name));
        if (--left == 0) return {};
    }
}

Result<void> SchemaCompiler::read_bound(std::optional<DecimalToken>& bound, JsonValue source,
                                        std::string_view keyword) {
    const auto found = source.find(keyword);
    if (!found) return {};
    if (!found->is(JsonType::number)) {
        return refuse(
            *found, "schema.bad_value",
            fmt::format("\"{}\" needs a number, found {}", keyword, name_of(found->type())));
    }
    bound = DecimalToken::parse(found->raw());
    MESHLINE_CHECK(bound.has_value());
    return {};
}

Result<void> SchemaCompiler::read_number(SchemaNode& node, JsonValue source) {
    NumberChecks& number = node.number;
    MESHLINE_TRY(read_bound(number.minimum, source, "minimum"));
    MESHLINE_TRY(read_bound(number.maximum, source, "maximum"));
    if (dialect() >= Dialect::draft_6) {
        MESHLINE_TRY(read_bound(number.exclusive_minimum, source, "exclusiveMinimum"));
        MESHLINE_TRY(read_bound(number.exclusive_maximum, source, "exclusiveMaximum"));
    } else {
        // In draft 4 they say of the bounds beside them that they are exclusive.
        const auto is_set = [&](std::string_view keyword) {
            const auto found = source.find(keyword);
            return found && found->is(JsonType::boolean) && found->boolean();
        };
        if (is_set("exclusiveMinimum")) number.exclusive_minimum.swap(number.minimum);
        if (is_set("exclusiveMaximum")) number.exclusive_maximum.swap(number.maximum);
    }
    std::optional<DecimalToken> step;
    MESHLINE_TRY(read_bound(step, source, "multipleOf"));
    if (step) {
        number.multiple_of = DecimalStep::create(*step);
        if (!number.multiple_of) {
            return refuse(*source.find("multipleOf"), "schema.bad_value",
                          "\"multipleOf\" needs a number above 0",
                          "At most 18 digits may differ from 0.");
        }
    }
    const bool has_any = number.minimum || number.maximum || number.exclusive_minimum ||
                         number.exclusive_maximum || number.multiple_of;
    if (has_any) node.checks |= check_number;
    return {};
}

Result<void> SchemaCompiler::read_count(std::size_t& count, JsonValue source,
                                        std::string_view keyword) {
    const auto found = source.find(keyword);
    if (!found) return {};
    const auto number =
        found->is(JsonType::number) ? DecimalToken::parse(found->raw()) : std::nullopt;
    const auto value = number && number->is_whole() ? number->to_int64() : std::nullopt;
    if (number && number->is_whole() && !number->is_negative() && !value) return {};
    if (!value || *value < 0) {
        return refuse(*found, "schema.bad_value",
                      fmt::format("\"{}\" needs a whole number from 0", keyword));
    }
    count = static_cast<std::size_t>(*value);
    return {};
}

Result<void> SchemaCompiler::read_counts(SchemaNode& node, JsonValue source) {
    const auto has = [&](std::string_view keyword) { return source.find(keyword).has_value(); };
    MESHLINE_TRY(read_count(node.text.length_min, source, "minLength"));
    MESHLINE_TRY(read_count(node.text.length_max, source, "maxLength"));
    if (has("minLength") || has("maxLength")) node.checks |= check_text;
    if (has("minItems") || has("maxItems") || has("uniqueItems")) {
        ArrayChecks& array = array_of(node);
        MESHLINE_TRY(read_count(array.count_min, source, "minItems"));
        MESHLINE_TRY(read_count(array.count_max, source, "maxItems"));
        const auto unique = source.find("uniqueItems");
        array.is_unique = unique && unique->is(JsonType::boolean) && unique->boolean();
    }
    if (has("minProperties") || has("maxProperties") || has("required")) {
        ObjectChecks& object = object_of(node);
        MESHLINE_TRY(read_count(object.count_min, source, "minProperties"));
        MESHLINE_TRY(read_count(object.count_max, source, "maxProperties"));
        const auto required = source.find("required");
        if (required && required->is(JsonType::array)) {
            for_each_child(*required, [&](JsonValue name) {
                object.properties.add(name.text()).is_required = true;
            });
        }
    }
    if (dialect() >= Dialect::draft_2019_09) read_dependents(node, source, "dependentRequired");
    return {};
}

Result<void> SchemaCompiler::read_text(SchemaNode& node, JsonValue source) {
    const auto pattern = source.find("pattern");
    if (pattern && pattern->is(JsonType::string) && vocabularies_.has_validation) {
        MESHLINE_ASSIGN(node.text.pattern, compile_pattern(pattern->text(), *pattern));
        node.text.pattern_written = pattern->text();
        node.checks |= check_text;
    }
    if (!options_.asserts_formats && !vocabularies_.asserts_formats) return {};
    const auto format = source.find("format");
    if (!format || !format->is(JsonType::string)) return {};
    node.text.format = format_of_name(format->text());
    if (node.text.format) node.checks |= check_text;
    return {};
}

}  // namespace meshline
