#pragma once

#include "base/json/json_value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// One step of a JSON Pointer (RFC 6901) with its slash: "/a~1b" of "a/b".
std::string pointer_step(std::string_view name);
/// The steps of a pointer, unescaped.
std::vector<std::string> pointer_steps(std::string_view pointer);
/// The member or element that a step names.
std::optional<JsonValue> child_at(JsonValue value, std::string_view step);
/// The value that a pointer leads to, or the last on its way that is there.
JsonValue nearest_at(JsonValue root, std::string_view pointer);

}  // namespace meshline
