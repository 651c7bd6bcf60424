#include "surface/cli/html_chart.hpp"

#include "base/text/shorten.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::int64_t chart_width = 720;
constexpr std::int64_t chart_height = 120;

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char letter : valid_utf8(text)) {
        switch (letter) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += letter;
        }
    }
    return escaped;
}

std::string bar_chart(const MetricReport& report) {
    std::int64_t highest = 0;
    std::int64_t lowest = 0;
    for (const ReportedFigure& figure : report.figures) {
        const std::int64_t value = figure.value.value_or(Decimal()).micros();
        highest = std::max(highest, value);
        lowest = std::min(lowest, value);
    }
    // Wide arithmetic: the range of two 60-bit values times the height leaves 64 bits.
    const __int128 range = std::max<__int128>(static_cast<__int128>(highest) - lowest, 1);
    const auto height_of = [&](std::int64_t value) {
        return static_cast<std::int64_t>(static_cast<__int128>(std::abs(value)) * chart_height /
                                         range);
    };
    const std::int64_t zero = height_of(highest);
    const auto count = static_cast<std::int64_t>(report.figures.size());
    std::string svg = fmt::format(
        "<svg class=\"chart\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\""
        " aria-label=\"{} by {}\">",
        chart_width, chart_height + 1, escape_html(report.metric->head.name),
        report.figures.empty() ? "day" : "period");
    for (std::int64_t index = 0; index < count; ++index) {
        const ReportedFigure& figure = report.figures[static_cast<std::size_t>(index)];
        const std::int64_t value = figure.value.value_or(Decimal()).micros();
        const std::int64_t left = index * chart_width / count;
        const std::int64_t width =
            std::max<std::int64_t>((index + 1) * chart_width / count - left - 1, 1);
        const std::int64_t height = std::max<std::int64_t>(height_of(value), 1);
        svg += fmt::format(
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}: {} ({},"
            " version {})</title></rect>",
            name_of(figure.state), left, value >= 0 ? zero - height : zero, width, height,
            escape_html(figure.period), figure.value ? value_text(report, *figure.value) : "held",
            name_of(figure.state), figure.version);
    }
    return svg + fmt::format("<line x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/></svg>", chart_width,
                             zero, zero);
}

}  // namespace meshline
