#pragma once

#include <string>
#include <vector>

namespace meshline::transcripts {

/// What to expect from now on, given what came out: expectations with placeholders stay where they
/// still fit; new digests (also short ones), and instants of `today` ("2026-03-01") or later,
/// become placeholders.
std::vector<std::string> updated_expectation(const std::vector<std::string>& expected,
                                             const std::vector<std::string>& actual,
                                             const std::string& today);

}  // namespace meshline::transcripts
