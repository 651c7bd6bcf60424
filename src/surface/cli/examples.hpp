#pragma once

#include <string>
#include <string_view>

namespace meshline {

/// Lines under a command's help that show how it is used: "report", "contract diff", "" for the
/// program itself. Empty where it has none.
std::string examples_of(std::string_view command);

}  // namespace meshline
