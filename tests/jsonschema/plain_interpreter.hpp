#pragma once

#include "base/json/json_value.hpp"

namespace meshline {

/// Whether the instance keeps the schema, by the text of the specification (2020-12, the keywords
/// that random_schema() writes) and as slowly as it is written there: no compiling, no sharing, and
/// every schema says what it evaluated. Numbers must be few enough digits for a double; patterns
/// are letters with "^" or "$".
bool is_valid_plainly(JsonValue schema, JsonValue instance);

}  // namespace meshline
