#pragma once

#include "core/model/publication.hpp"

#include <string>

namespace meshline {

/// The line of one figure in its encoded form.
void append_figure(std::string& bytes, const Figure& figure);

/// Error publication.bad_figures.
Error bad_figures();

}  // namespace meshline
