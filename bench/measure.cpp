#include "measure.hpp"

#include "base/result/check.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace meshline::bench {
namespace {

constexpr std::size_t column_count = 9;
using Line = std::array<std::string, column_count>;

/// "312,450" or "0.184": as many digits as tell something.
std::string number_text(double value) {
    if (value < 100) return fmt::format("{:.3g}", value);
    std::string digits = fmt::format("{:.0f}", value);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::vector<Line> lines_of(const Measure& measure) {
    Line line;
    line[0] = measure.name;
    line[1] = number_text(measure.ours);
    line[2] = measure.unit;
    line[3] = measure.goal ? number_text(*measure.goal) : "-";
    line[4] = measure.goal ? (measure.is_goal_met() ? "yes" : "no") : "-";
    line[5] = line[6] = line[7] = "-";
    line[8] = std::to_string(measure.runs);
    std::vector<Line> lines = {line};
    for (std::size_t index = 0; index < measure.floors.size(); ++index) {
        if (index > 0) lines.emplace_back();
        const Floor& floor = measure.floors[index];
        lines.back()[5] = number_text(floor.value);
        lines.back()[6] = floor.name;
        lines.back()[7] = fmt::format("{:.1f}", measure.ratio_to(floor));
    }
    return lines;
}

}  // namespace

bool Measure::is_goal_met() const {
    return goal && (better == Better::higher ? ours >= *goal : ours <= *goal);
}

double Measure::ratio_to(const Floor& floor) const {
    return better == Better::higher ? floor.value / ours : ours / floor.value;
}

std::string table_of(const std::vector<Measure>& measures) {
    constexpr std::array<bool, column_count> is_number = {false, true,  false, true, false,
                                                          true,  false, true,  true};
    std::vector<Line> lines = {
        {"measure", "ours", "unit", "goal", "met", "floor", "floor's name", "ratio", "runs"}};
    for (const Measure& measure : measures) {
        for (Line& line : lines_of(measure))
            lines.push_back(std::move(line));
    }
    std::array<std::size_t, column_count> widths{};
    for (const Line& line : lines) {
        for (std::size_t column = 0; column < column_count; ++column)
            widths[column] = std::max(widths[column], line[column].size());
    }
    std::string text;
    for (const Line& line : lines) {
        for (std::size_t column = 0; column < column_count; ++column) {
            const std::size_t width = widths[column];
            text += is_number[column] ? fmt::format("{:>{}}", line[column], width)
                                      : fmt::format("{:<{}}", line[column], width);
            text += column + 1 < column_count ? "  " : "\n";
        }
    }
    return text;
}

double median_of(std::vector<double> values) {
    MESHLINE_CHECK(!values.empty());
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Result<double> seconds_of(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    MESHLINE_TRY(work());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace meshline::bench
