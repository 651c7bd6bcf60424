#pragma once

#include "transcripts/transcript.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline::docs {

/// A page of the guide as a session: indented lines that begin with "$ " are commands, those below
/// them what is printed. Comments of the page say what a reader does by hand:
///   <!-- run: COMMAND -->     runs it; what it prints is not shown
///   <!-- file: PATH -->       the indented block that follows is that file
///   <!-- not run: WHY -->     the indented block that follows is only shown
///   <!-- requires shared -->  the page is left out where ../shared/data is absent
transcripts::Transcript read_page(std::string_view markdown);
/// The page that a reader has followed before this one: "<!-- after: PAGE -->". Empty: none.
std::string page_before(std::string_view markdown);

/// An expected line with placeholders for what differs from run to run: digests, ids and roots,
/// instants, and "..." where the page leaves something out.
std::string with_placeholders(std::string_view line);

/// The page's text with other outputs, those that are not empty.
std::string with_outputs(const transcripts::Transcript& page,
                         const std::vector<std::vector<std::string>>& outputs);

}  // namespace meshline::docs
