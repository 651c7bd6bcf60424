#include "surface/cli/html_chart.hpp"

#include "base/text/shorten.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::int64_t chart_width = 720;
constexpr std::int64_t chart_height = 120;

/// In millionths, kept to 32 digits so that the range of two times the height fits 128 bits.
__int128 value_of(const ReportedFigure& figure) {
    constexpr __int128 drawn_max =
        static_cast<__int128>(10'000'000'000'000'000) * 10'000'000'000'000'000;
    const __int128 value = figure.value.value_or(WideDecimal()).micros();
    return std::clamp(value, -drawn_max, drawn_max);
}

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
    __int128 highest = 0;
    __int128 lowest = 0;
    for (const ReportedFigure& figure : report.figures) {
        const __int128 value = value_of(figure);
        highest = std::max(highest, value);
        lowest = std::min(lowest, value);
    }
    const __int128 range = std::max<__int128>(highest - lowest, 1);
    const auto height_of = [&](__int128 value) {
        return static_cast<std::int64_t>((value < 0 ? -value : value) * chart_height / range);
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
        const __int128 value = value_of(figure);
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
