#include "core/contract/keywords.hpp"

#include "base/text/text.hpp"
#include "core/contract/compile_schema.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

constexpr std::string_view definitions_prefix = "#/$defs/";

/// Names that one schema may state. More fields than this no payload type holds.
constexpr std::size_t names_max = 4096;

template <class Visit>
Result<void> for_each_child(JsonValue container, Visit visit) {
    if (container.size() == 0) return {};
    JsonValue child = container.first();
    for (std::size_t left = container.size();; child = child.next()) {
        MESHLINE_TRY(visit(child));
        if (--left == 0) return {};
    }
}

struct TypeName {
    std::string_view name;
    std::uint8_t type;
};

constexpr std::array type_names = {
    TypeName{"null", type_null},       TypeName{"boolean", type_boolean},
    TypeName{"integer", type_integer}, TypeName{"number", type_number},
    TypeName{"string", type_string},   TypeName{"array", type_array},
    TypeName{"object", type_object},
};

struct AnnotationName {
    std::string_view name;
    Annotation annotation;
};

constexpr std::array annotation_names = {
    AnnotationName{"money", Annotation::money},
    AnnotationName{"integer", Annotation::integer},
    AnnotationName{"boolean", Annotation::boolean},
    AnnotationName{"instant", Annotation::instant},
    AnnotationName{"unix_seconds", Annotation::unix_seconds},
    AnnotationName{"unix_millis", Annotation::unix_millis},
    AnnotationName{"date", Annotation::date},
    AnnotationName{"currency", Annotation::currency},
};

template <class Names>
std::string hint_for(std::string_view name, const Names& names) {
    std::vector<std::string> known;
    for (const auto& one : names)
        known.emplace_back(one.name);
    return hint_for_unknown(name, known);
}

/// The name behind "#/$defs/", with "~1" and "~0" of JSON Pointer resolved.
std::string definition_name(std::string_view pointer) {
    std::string name;
    for (std::size_t at = definitions_prefix.size(); at < pointer.size(); ++at) {
        const std::string_view escape = pointer.substr(at, 2);
        const bool is_escape = escape == "~0" || escape == "~1";
        name += is_escape ? (escape == "~0" ? '~' : '/') : pointer[at];
        if (is_escape) ++at;
    }
    return name;
}

}  // namespace

const std::vector<KeywordReader::Keyword>& KeywordReader::keywords() {
    using Self = KeywordReader;
    static const std::vector<Keyword> all = {
        {"type", &Self::read_type},
        {"x-meshline", &Self::read_annotation},
        {"properties", &Self::read_properties},
        {"required", &Self::read_required},
        {"additionalProperties", &Self::read_additional},
        {"items", &Self::read_items},
        {"enum", &Self::read_enum},
        {"const", &Self::read_const},
        {"minimum", &Self::read_minimum},
        {"maximum", &Self::read_maximum},
        {"exclusiveMinimum", &Self::read_exclusive_minimum},
        {"exclusiveMaximum", &Self::read_exclusive_maximum},
        {"multipleOf", &Self::read_multiple_of},
        {"minLength", &Self::read_min_length},
        {"maxLength", &Self::read_max_length},
        {"minItems", &Self::read_min_items},
        {"maxItems", &Self::read_max_items},
        {"pattern", &Self::read_pattern},
        {"anyOf", &Self::read_any_of},
        {"oneOf", &Self::read_one_of},
        {"allOf", &Self::read_all_of},
        {"not", &Self::read_not},
        {"$ref", &Self::read_reference},
        {"$defs", &Self::read_definitions_keyword},
        {"title", &Self::read_text},
        {"description", &Self::read_text},
        {"$schema", &Self::read_text},
        {"$id", &Self::read_text},
        {"$comment", &Self::read_text},
        {"examples", &Self::read_anything},
        {"default", &Self::read_anything},
    };
    return all;
}

Result<void> KeywordReader::read(JsonValue root) {
    MESHLINE_TRY(add(root));
    MESHLINE_TRY(read_definitions(root));
    for (SchemaId id = 0; id < sources_.size(); ++id)
        MESHLINE_TRY(read_one(sources_[id], id));
    return {};
}

Result<void> KeywordReader::read_definitions(JsonValue root) {
    const auto definitions = root.find("$defs");
    if (!definitions) return {};
    MESHLINE_TRY(expect(*definitions, JsonType::object, "an object of schemas"));
    return for_each_child(*definitions, [&](JsonValue definition) -> Result<void> {
        MESHLINE_ASSIGN(definitions_[std::string(definition.key())], add(definition));
        return {};
    });
}

Result<void> KeywordReader::read_one(JsonValue source, SchemaId id) {
    // Kept apart while it is read: what it adds may move the others.
    Schema schema;
    schema.offset = source.offset();
    schema.is_never = source.is(JsonType::boolean) && !source.boolean();
    MESHLINE_TRY(for_each_child(source, [&](JsonValue value) -> Result<void> {
        const auto& known = keywords();
        const auto keyword = std::ranges::find(known, value.key(), &Keyword::name);
        if (keyword == known.end()) {
            return schema_error(compiled_, value.key_offset(), "contract.unknown_keyword",
                                fmt::format("unknown keyword \"{}\"", value.key()),
                                hint_for(value.key(), known));
        }
        return (this->*keyword->read)(schema, value);
    }));
    schema.properties.seal();
    compiled_.schemas[id] = std::move(schema);
    return {};
}

Result<SchemaId> KeywordReader::add(JsonValue source) {
    if (!source.is(JsonType::object) && !source.is(JsonType::boolean)) {
        return refuse(source,
                      fmt::format("a schema was expected, found {}", name_of(source.type())),
                      "A schema is an object, or true or false.");
    }
    sources_.push_back(source);
    compiled_.schemas.emplace_back();
    return static_cast<SchemaId>(sources_.size() - 1);
}

Result<void> KeywordReader::add_list(std::vector<SchemaId>& ids, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::array, "a list of schemas"));
    if (value.size() == 0) return refuse(value, "empty list of schemas");
    return for_each_child(value, [&](JsonValue item) -> Result<void> {
        MESHLINE_ASSIGN(const SchemaId id, add(item));
        ids.push_back(id);
        return {};
    });
}

Result<void> KeywordReader::expect(JsonValue value, JsonType type, std::string_view what) const {
    if (value.is(type)) return {};
    return refuse(value, fmt::format("{} was expected, found {}", what, name_of(value.type())));
}

Error KeywordReader::refuse(JsonValue value, std::string message, std::string hint) const {
    return schema_error(compiled_, value.offset(), "contract.bad_value", std::move(message),
                        std::move(hint));
}

Result<void> KeywordReader::expect_few(JsonValue names) const {
    if (names.size() <= names_max) return {};
    return schema_error(compiled_, names.offset(), "contract.too_large", "too many names",
                        fmt::format("A schema states at most {} names.", names_max));
}

Result<void> KeywordReader::read_type(Schema& schema, JsonValue value) {
    const auto add_type = [&](JsonValue name) -> Result<void> {
        MESHLINE_TRY(expect(name, JsonType::string, "the name of a type"));
        const auto found = std::ranges::find(type_names, name.text(), &TypeName::name);
        if (found == type_names.end()) {
            return refuse(name, fmt::format("unknown type \"{}\"", name.text()),
                          hint_for(name.text(), type_names));
        }
        schema.types |= found->type;
        return {};
    };
    if (!value.is(JsonType::array)) return add_type(value);
    if (value.size() == 0) return refuse(value, "empty list of types");
    return for_each_child(value, add_type);
}

Result<void> KeywordReader::read_annotation(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::string, "the name of an annotation"));
    const auto found = std::ranges::find(annotation_names, value.text(), &AnnotationName::name);
    if (found == annotation_names.end()) {
        return schema_error(compiled_, value.offset(), "contract.unknown_annotation",
                            fmt::format("unknown annotation \"{}\"", value.text()),
                            hint_for(value.text(), annotation_names));
    }
    schema.annotation = found->annotation;
    return {};
}

Result<void> KeywordReader::read_reference(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::string, "a reference"));
    const auto refuse_reference = [&](std::string hint) {
        return schema_error(compiled_, value.offset(), "contract.unknown_reference",
                            fmt::format("unknown reference \"{}\"", value.text()), std::move(hint));
    };
    if (!value.text().starts_with(definitions_prefix)) {
        return refuse_reference("References are written as \"#/$defs/name\".");
    }
    const std::string name = definition_name(value.text());
    const auto found = definitions_.find(name);
    if (found == definitions_.end()) {
        std::vector<std::string> known;
        for (const auto& [defined, id] : definitions_)
            known.push_back(defined);
        return refuse_reference(hint_for_unknown(name, known));
    }
    schema.reference = found->second;
    return {};
}

Result<void> KeywordReader::read_all_of(Schema& schema, JsonValue value) {
    return add_list(schema.all_of, value);
}

Result<void> KeywordReader::read_any_of(Schema& schema, JsonValue value) {
    return add_list(schema.any_of, value);
}

Result<void> KeywordReader::read_one_of(Schema& schema, JsonValue value) {
    return add_list(schema.one_of, value);
}

Result<void> KeywordReader::read_not(Schema& schema, JsonValue value) {
    MESHLINE_ASSIGN(schema.negated, add(value));
    return {};
}

Result<void> KeywordReader::read_properties(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::object, "an object of schemas"));
    MESHLINE_TRY(expect_few(value));
    return for_each_child(value, [&](JsonValue property) -> Result<void> {
        MESHLINE_ASSIGN(schema.properties.add(property.key()).schema, add(property));
        return {};
    });
}

Result<void> KeywordReader::read_required(Schema& schema, JsonValue value) {
    MESHLINE_TRY(expect(value, JsonType::array, "a list of names"));
    MESHLINE_TRY(expect_few(value));
    return for_each_child(value, [&](JsonValue name) -> Result<void> {
        MESHLINE_TRY(expect(name, JsonType::string, "a name"));
        schema.properties.add(name.text()).is_required = true;
        return {};
    });
}

Result<void> KeywordReader::read_additional(Schema& schema, JsonValue value) {
    if (value.is(JsonType::boolean) && value.boolean()) return {};
    MESHLINE_ASSIGN(schema.additional, add(value));
    return {};
}

Result<void> KeywordReader::read_items(Schema& schema, JsonValue value) {
    MESHLINE_ASSIGN(schema.items, add(value));
    return {};
}

// The keywords that bound numbers, texts and lists are read in keywords_of_values.cpp.

Result<void> KeywordReader::read_definitions_keyword(Schema& /*schema*/, JsonValue value) {
    const auto at_top = compiled_.document.root().find("$defs");
    if (at_top && at_top->offset() == value.offset()) return {};
    return schema_error(compiled_, value.key_offset(), "contract.misplaced_keyword",
                        "\"$defs\" inside a schema",
                        "Definitions stand at the top, where \"#/$defs/name\" finds them.");
}

Result<void> KeywordReader::read_text(Schema& /*schema*/, JsonValue value) {
    return expect(value, JsonType::string, "a text");
}

Result<void> KeywordReader::read_anything(Schema& /*schema*/, JsonValue /*value*/) {
    return {};
}

}  // namespace meshline
