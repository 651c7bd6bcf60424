#pragma once

#include "base/json/json_writer.hpp"
#include "core/captures/capture_events.hpp"

namespace meshline {

/// The member "coverage" of an object: what a capture covers, and what it came to.
void write_coverage(JsonWriter& writer, const Coverage& coverage);

}  // namespace meshline
