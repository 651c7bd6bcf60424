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

/// Calls `see` with every member or element.
template <class See>
void for_each_child(JsonValue value, See&& see) {
    if (value.size() == 0) return;
    JsonValue child = value.first();
    for (std::size_t left = value.size();; child = child.next()) {
        see(child);
        if (--left == 0) return;
    }
}

}  // namespace meshline
