#pragma once

#include "stages/capture/record_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Adds what an envelope on one line holds ({"orders": [...]} or {"order": {...}}) and says true;
/// false when the line is no envelope and should be taken as it is.
bool unwrap_line(std::string_view line, const std::vector<std::string>& envelopes,
                 std::int64_t number, RecordBatch& batch);

}  // namespace meshline
