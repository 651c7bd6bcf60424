#pragma once

#include "base/json/json.hpp"
#include "stages/capture/capture.hpp"

#include <string>

namespace meshline {

/// What a capture did, for programs and for people.
std::string capture_json(const std::string& client, const std::string& stream,
                         const CaptureReport& report);
std::string capture_text(const CaptureReport& report);

/// The members of an object that say how many records came to what, and those that say what could
/// not be taken, or was left out.
void write_counts(JsonWriter& writer, const CaptureReport& report);
void write_problems(JsonWriter& writer, const CaptureReport& report);
/// The member "coverage" of an object.
void write_coverage(JsonWriter& writer, const Coverage& coverage);
/// Why a coverage takes nothing back; only of one that does not hold.
Error void_coverage(const Coverage& coverage);

}  // namespace meshline
