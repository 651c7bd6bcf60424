#pragma once

#include "base/text/text.hpp"

#include <fmt/format.h>
#include <string>
#include <utility>

namespace meshline {

/// A line for people: whatever its values hold, it is one line and steers nothing.
template <class... Values>
std::string text_line(fmt::format_string<Values...> form, Values&&... values) {
    return shown_text(fmt::format(form, std::forward<Values>(values)...)) + "\n";
}

}  // namespace meshline
