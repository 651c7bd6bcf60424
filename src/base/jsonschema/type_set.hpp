#pragma once

#include "base/json/json_value.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The types of JSON Schema as a set; integers are also numbers.
enum TypeSet : std::uint8_t {
    type_null = 1,
    type_boolean = 2,
    type_integer = 4,
    type_number = 8,
    type_string = 16,
    type_array = 32,
    type_object = 64,
};

inline std::uint8_t type_set_of(JsonType type) {
    // In the order of JsonType.
    constexpr std::array<std::uint8_t, 6> sets = {type_null,   type_boolean, type_number,
                                                  type_string, type_array,   type_object};
    return sets[static_cast<std::size_t>(type)];
}

/// "integer" -> type_integer; nothing for what is no type.
std::optional<TypeSet> type_of_name(std::string_view name);
/// The names of the types in a set, "object" first; of all types in one of ~0.
std::vector<std::string> names_of_types(std::uint8_t types);

}  // namespace meshline
