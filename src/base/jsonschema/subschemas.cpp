#include "base/jsonschema/subschemas.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace meshline {
namespace {

/// What a keyword's value may be: each bit a form.
enum Form : std::uint8_t { one = 1, list = 2, by_name = 4 };

struct Keyword {
    std::string_view name;
    std::uint8_t forms;
};

constexpr std::array keywords = {
    Keyword{"$defs", by_name},
    Keyword{"additionalItems", one},
    Keyword{"additionalProperties", one},
    Keyword{"allOf", list},
    Keyword{"anyOf", list},
    Keyword{"contains", one},
    Keyword{"contentSchema", one},
    Keyword{"definitions", by_name},
    Keyword{"dependencies", by_name},
    Keyword{"dependentSchemas", by_name},
    Keyword{"else", one},
    Keyword{"if", one},
    Keyword{"items", one | list},
    Keyword{"not", one},
    Keyword{"oneOf", list},
    Keyword{"patternProperties", by_name},
    Keyword{"prefixItems", list},
    Keyword{"properties", by_name},
    Keyword{"propertyNames", one},
    Keyword{"then", one},
    Keyword{"unevaluatedItems", one},
    Keyword{"unevaluatedProperties", one},
};

bool may_be_schema(JsonValue value) {
    return value.is(JsonType::object) || value.is(JsonType::boolean);
}

}  // namespace

void for_each_subschema(JsonValue schema,
                        const std::function<void(JsonValue, const std::string&)>& see) {
    if (!schema.is(JsonType::object)) return;
    for_each_child(schema, [&](JsonValue member) {
        const auto keyword = std::ranges::find(keywords, member.key(), &Keyword::name);
        if (keyword == keywords.end()) return;
        const std::string step = pointer_step(member.key());
        if ((keyword->forms & one) != 0 && may_be_schema(member)) see(member, step);
        std::size_t index = 0;
        const bool is_list = (keyword->forms & list) != 0 && member.is(JsonType::array);
        const bool is_map = (keyword->forms & by_name) != 0 && member.is(JsonType::object);
        if (!is_list && !is_map) return;
        for_each_child(member, [&](JsonValue inside) {
            const std::string name = is_map ? std::string(inside.key()) : std::to_string(index++);
            if (may_be_schema(inside)) see(inside, step + pointer_step(name));
        });
    });
}

}  // namespace meshline
