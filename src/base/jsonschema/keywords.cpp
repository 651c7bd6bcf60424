#include "base/jsonschema/keywords.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr Dialect d4 = Dialect::draft_4;
constexpr Dialect d6 = Dialect::draft_6;
constexpr Dialect d7 = Dialect::draft_7;
constexpr Dialect d19 = Dialect::draft_2019_09;
constexpr Dialect d20 = Dialect::draft_2020_12;

// "definitions" and "dependencies" are read in every draft: the later ones ask for that.
constexpr std::array keywords = {
    Keyword{"$anchor", d19, d20},
    Keyword{"$comment", d7, d20},
    Keyword{"$defs", d19, d20, by_name},
    Keyword{"$dynamicAnchor", d20, d20},
    Keyword{"$dynamicRef", d20, d20},
    Keyword{"$id", d6, d20},
    Keyword{"$recursiveAnchor", d19, d19},
    Keyword{"$recursiveRef", d19, d19},
    Keyword{"$ref", d4, d20},
    Keyword{"$schema", d4, d20},
    Keyword{"$vocabulary", d19, d20},
    Keyword{"additionalItems", d4, d19, one_schema},
    Keyword{"additionalProperties", d4, d20, one_schema},
    Keyword{"allOf", d4, d20, schema_list},
    Keyword{"anyOf", d4, d20, schema_list},
    Keyword{"const", d6, d20},
    Keyword{"contains", d6, d20, one_schema},
    Keyword{"contentEncoding", d7, d20},
    Keyword{"contentMediaType", d7, d20},
    Keyword{"contentSchema", d19, d20, one_schema},
    Keyword{"default", d4, d20},
    Keyword{"definitions", d4, d20, by_name},
    Keyword{"dependencies", d4, d20, by_name},
    Keyword{"dependentRequired", d19, d20},
    Keyword{"dependentSchemas", d19, d20, by_name},
    Keyword{"deprecated", d19, d20},
    Keyword{"description", d4, d20},
    Keyword{"else", d7, d20, one_schema},
    Keyword{"enum", d4, d20},
    Keyword{"examples", d6, d20},
    Keyword{"exclusiveMaximum", d4, d20},
    Keyword{"exclusiveMinimum", d4, d20},
    Keyword{"format", d4, d20},
    Keyword{"id", d4, d4},
    Keyword{"if", d7, d20, one_schema},
    Keyword{"items", d4, d20, one_schema | schema_list},
    Keyword{"maxContains", d19, d20},
    Keyword{"maxItems", d4, d20},
    Keyword{"maxLength", d4, d20},
    Keyword{"maxProperties", d4, d20},
    Keyword{"maximum", d4, d20},
    Keyword{"minContains", d19, d20},
    Keyword{"minItems", d4, d20},
    Keyword{"minLength", d4, d20},
    Keyword{"minProperties", d4, d20},
    Keyword{"minimum", d4, d20},
    Keyword{"multipleOf", d4, d20},
    Keyword{"not", d4, d20, one_schema},
    Keyword{"oneOf", d4, d20, schema_list},
    Keyword{"pattern", d4, d20},
    Keyword{"patternProperties", d4, d20, by_name},
    Keyword{"prefixItems", d20, d20, schema_list},
    Keyword{"properties", d4, d20, by_name},
    Keyword{"propertyNames", d6, d20, one_schema},
    Keyword{"readOnly", d7, d20},
    Keyword{"required", d4, d20},
    Keyword{"then", d7, d20, one_schema},
    Keyword{"title", d4, d20},
    Keyword{"type", d4, d20},
    Keyword{"unevaluatedItems", d19, d20, one_schema},
    Keyword{"unevaluatedProperties", d19, d20, one_schema},
    Keyword{"uniqueItems", d4, d20},
    Keyword{"writeOnly", d7, d20},
};

}  // namespace

const Keyword* find_keyword(std::string_view name) {
    const auto found = std::ranges::lower_bound(keywords, name, {}, &Keyword::name);
    return found != keywords.end() && found->name == name ? &*found : nullptr;
}

std::vector<std::string> keyword_names(Dialect dialect) {
    std::vector<std::string> names;
    for (const Keyword& keyword : keywords) {
        if (keyword.is_of(dialect)) names.emplace_back(keyword.name);
    }
    return names;
}

}  // namespace meshline
