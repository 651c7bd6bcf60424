#pragma once

#include "surface/cli/metric_report.hpp"

#include <string>
#include <vector>

namespace meshline {

/// Text for HTML and its attributes.
std::string escape_html(std::string_view text);

/// Bars per figure as inline SVG, coloured by state, with a title on each for the pointer.
std::string bar_chart(const MetricReport& report);

}  // namespace meshline
