#pragma once

#include "base/json/json_value.hpp"

#include <functional>
#include <string>

namespace meshline {

/// Calls `see` with every schema that a keyword of `schema`, an object, holds, and with the pointer
/// that leads to it ("/properties/id"). The keywords of all drafts: those that a draft does not
/// know say nothing there, and references may lead into them.
void for_each_subschema(JsonValue schema,
                        const std::function<void(JsonValue, const std::string&)>& see);

}  // namespace meshline
