#pragma once

#include "operate/answers/explanation.hpp"

#include <string>

namespace meshline {

std::string explanation_text(const Explanation& explanation);

}  // namespace meshline
