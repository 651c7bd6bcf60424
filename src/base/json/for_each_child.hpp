#pragma once

#include "base/json/json_value.hpp"

#include <cstddef>

namespace meshline {

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
