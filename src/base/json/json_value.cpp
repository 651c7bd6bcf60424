#include "base/json/json_value.hpp"

namespace meshline {

std::string_view name_of(JsonType type) {
    switch (type) {
        case JsonType::null:
            return "null";
        case JsonType::boolean:
            return "boolean";
        case JsonType::number:
            return "number";
        case JsonType::string:
            return "string";
        case JsonType::array:
            return "array";
        case JsonType::object:
            return "object";
    }
    return "null";
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
    if (!is(JsonType::object) || size() == 0) return std::nullopt;
    JsonValue member = first();
    for (std::size_t left = size();; member = member.next()) {
        if (member.key() == name) return member;
        if (--left == 0) return std::nullopt;
    }
}

}  // namespace meshline
