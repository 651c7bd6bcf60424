#pragma once

#include <string_view>

namespace meshline {

/// RFC 3339, section 5.6: "2026-03-01", of a day that exists.
bool is_full_date(std::string_view text);
/// "23:59:60Z", "08:30:06.283185+01:00": a leap second only where it can be in UTC.
bool is_full_time(std::string_view text);
/// Both with a "T" between.
bool is_date_time(std::string_view text);
/// RFC 3339, appendix A: "P4DT12H30M5S", "P4W".
bool is_duration(std::string_view text);

}  // namespace meshline
