#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline::transcripts {

/// Whether a line of output is what was expected. In the expectation these stand for
///   <digest>   eight or more hexadecimal digits
///   <instant>  a date and a time, as in 2026-03-01T08:30:00.000000Z
///   <...>      any text, also none
bool matches_line(std::string_view expected, std::string_view actual);

/// The same for all lines; an expected line "..." alone stands for any number of lines.
bool matches(const std::vector<std::string>& expected, const std::vector<std::string>& actual);

bool has_placeholder(std::string_view expected);

/// The length of the instant that the text starts with; 0 where it does not.
std::size_t length_of_instant(std::string_view text);

/// Expected against actual lines, as "  same", "- expected", "+ actual".
std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual);

}  // namespace meshline::transcripts
