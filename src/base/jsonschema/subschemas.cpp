#include "base/jsonschema/subschemas.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"
#include "base/jsonschema/keywords.hpp"

#include <string>

namespace meshline {
namespace {

bool may_be_schema(JsonValue value) {
    return value.is(JsonType::object) || value.is(JsonType::boolean);
}

}  // namespace

void for_each_subschema(JsonValue schema,
                        const std::function<void(JsonValue, const std::string&)>& see) {
    if (!schema.is(JsonType::object)) return;
    for_each_child(schema, [&](JsonValue member) {
        const Keyword* keyword = find_keyword(member.key());
        if (keyword == nullptr || keyword->forms == no_schemas) return;
        const std::string step = pointer_step(member.key());
        if ((keyword->forms & one_schema) != 0 && may_be_schema(member)) see(member, step);
        std::size_t index = 0;
        const bool is_list = (keyword->forms & schema_list) != 0 && member.is(JsonType::array);
        const bool is_map = (keyword->forms & by_name) != 0 && member.is(JsonType::object);
        if (!is_list && !is_map) return;
        for_each_child(member, [&](JsonValue inside) {
            const std::string name = is_map ? std::string(inside.key()) : std::to_string(index++);
            if (may_be_schema(inside)) see(inside, step + pointer_step(name));
        });
    });
}

}  // namespace meshline
