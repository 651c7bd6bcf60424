#pragma once

#include "base/json/json_value.hpp"

namespace meshline {

/// Equality as JSON Schema has it: numbers by their value (1 equals 1.0), objects whatever the
/// order of their members.
bool is_json_equal(JsonValue a, JsonValue b);

}  // namespace meshline
