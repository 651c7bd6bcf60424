#pragma once

#include <string>
#include <string_view>

namespace meshline {

/// The beginning of a page that needs nothing but itself, with its style; `title` is HTML.
std::string page_head(std::string_view title);
inline constexpr std::string_view page_end = "</body></html>\n";

}  // namespace meshline
