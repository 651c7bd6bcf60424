#pragma once

#include "base/json/json_value.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace meshline {

/// The indexes of two equal items of an array, the smaller first; the second is the earliest that
/// repeats another. By hash and sort, so the work stays n log n however many there are.
std::optional<std::pair<std::size_t, std::size_t>> find_equal_items(JsonValue array);

}  // namespace meshline
