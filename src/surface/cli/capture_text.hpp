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
/// "2026-03-01 to 2026-03-31 where account is "4711""
std::string period_of(const Coverage& coverage);
/// Why it takes nothing back, but for too many that are missing: "a record has no ..."
std::string void_reason(const Coverage& coverage);
/// The same as an error; only of one that does not hold.
Error void_coverage(const Coverage& coverage);

}  // namespace meshline
