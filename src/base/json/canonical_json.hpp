#pragma once

#include "base/json/json_value.hpp"

#include <functional>
#include <string>

namespace meshline {

/// canonical_json() without the members of objects that `is_left_out` says.
std::string canonical_json_without(JsonValue value,
                                   const std::function<bool(JsonValue member)>& is_left_out);

}  // namespace meshline
