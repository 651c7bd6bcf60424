#pragma once

#include "operate/answers/metric_report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Text for HTML and its attributes, without characters that steer instead of being read.
std::string escape_html(std::string_view text);

/// Values at which an axis has a line and a label, from below `lowest` to above `highest`, 0 among
/// them: 1, 2 or 5 times a power of ten apart, three to six of them. Micros.
std::vector<__int128> axis_ticks(__int128 lowest, __int128 highest);

/// A day of the time axis that has a label.
struct DayTick {
    BusinessDate day;
    std::string label;  ///< "2 Mar", for many months "Mar 2026".
};
/// At most seven days of `from` to `to`, evenly apart; firsts of months where there are many.
std::vector<DayTick> day_ticks(BusinessDate from, BusinessDate to);

/// A bar for each day of `from` to `to` that has a figure, coloured by its state, with its value
/// for the pointer; a day without one is a gap, which says whether it is open or held. Both axes
/// have labels. Figures are those by day.
std::string bar_chart(const MetricReport& report, BusinessDate from, BusinessDate to);

}  // namespace meshline
