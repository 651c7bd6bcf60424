#include "surface/cli/html_chart.hpp"

#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "surface/cli/metric_report_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

using Micros = __int128;

/// The drawing is stretched to the page, so these are places, not sizes.
constexpr std::int64_t chart_width = 1000;
constexpr std::int64_t chart_height = 1000;
constexpr Micros tick_count_wanted = 4;

constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The smallest of 1, 2, 5, 10, 20, 50 ... millionths that is at least `wanted`.
Micros step_of(Micros wanted) {
    Micros power = 1;
    while (power * 10 <= wanted)
        power *= 10;
    for (const int factor : {1, 2, 5}) {
        if (power * factor >= wanted) return power * factor;
    }
    return power * 10;
}

/// Digits of a number of micros as text, for axis labels: exact, without spare zeros.
std::string micros_text(Micros micros) {
    const bool is_negative = micros < 0;
    const Micros magnitude = is_negative ? -micros : micros;
    const auto whole = static_cast<std::uint64_t>(magnitude / Decimal::scale);
    const auto fraction = static_cast<std::uint64_t>(magnitude % Decimal::scale);
    return amount_text(fmt::format("{}{}.{:06}", is_negative ? "-" : "", whole, fraction), "");
}

/// Where a value of the axis lies, from the top.
class Scale {
  public:
    explicit Scale(const std::vector<Micros>& ticks) : low_(ticks.front()), high_(ticks.back()) {}
    std::int64_t y(Micros value) const {
        const Micros range = std::max<Micros>(high_ - low_, 1);
        // Sums of amounts may be large: a thousandth of the range is as fine as a page is.
        const Micros part = std::max<Micros>(range / chart_height, 1);
        return static_cast<std::int64_t>(
            std::clamp<Micros>((high_ - value) / part, 0, chart_height));
    }
    /// In hundredths of a percent, for labels.
    std::string percent(Micros value) const {
        const std::int64_t at = y(value) * 10;
        return fmt::format("{}.{:02}%", at / 100, at % 100);
    }

  private:
    Micros low_;
    Micros high_;
};

struct Bar {
    const ReportedFigure* figure = nullptr;
    BusinessDate day;
};

std::vector<Bar> bars_of(const MetricReport& report, BusinessDate from, BusinessDate to) {
    std::vector<Bar> bars;
    for (const ReportedFigure& figure : report.figures) {
        const auto day = BusinessDate::parse(figure.period);
        if (day.ok() && from <= *day && *day <= to) bars.push_back({&figure, *day});
    }
    return bars;
}

Micros micros_of(const ReportedFigure& figure) {
    return figure.value ? static_cast<Micros>(figure.value->micros()) : 0;
}

/// Where a day without a figure is: nothing to see, but the pointer is told why.
std::string gap(const Bar& bar, std::int64_t left, std::int64_t width) {
    const bool is_held = bar.figure->state == PublicationState::held;
    return fmt::format(
        "<rect class=\"gap\" x=\"{}\" y=\"0\" width=\"{}\" height=\"{}\"><title>{}: {}</title>"
        "</rect>",
        left, width, chart_height, escape_html(bar.figure->period),
        is_held ? "held, without a figure so far" : "open");
}

std::string rect(const MetricReport& report, const Bar& bar, const Scale& scale, std::int64_t left,
                 std::int64_t width) {
    constexpr std::int64_t height_min = 12;  // A day of 0 is to be seen.
    const Micros value = micros_of(*bar.figure);
    const std::int64_t zero = scale.y(0);
    std::int64_t top = std::min(scale.y(value), zero);
    std::int64_t height = std::max(scale.y(value), zero) - top;
    if (height < height_min) {
        if (value >= 0) top = std::max<std::int64_t>(top + height - height_min, 0);
        height = height_min;
    }
    const ReportedFigure& figure = *bar.figure;
    const std::string shown = shown_value(report, figure.value);
    return fmt::format(
        "<rect class=\"{0}\" x=\"{1}\" y=\"{2}\" width=\"{3}\" height=\"{4}\"><title>"
        "{5}: {6} {7} ({0}, version {8})</title></rect>",
        name_of(figure.state), left, top, width, height, escape_html(figure.period), shown,
        report.currency, figure.version);
}

std::string y_labels(const std::vector<Micros>& ticks, const Scale& scale) {
    std::string html = "<div class=\"y\">";
    for (const Micros tick : ticks) {
        html += fmt::format("<span style=\"top:{}\">{}</span>", scale.percent(tick),
                            with_thousands(micros_text(tick)));
    }
    return html + "</div>";
}

std::string x_labels(BusinessDate from, BusinessDate to) {
    const std::int64_t days = to.days - from.days + 1;
    std::string html = "<div class=\"x\">";
    for (const DayTick& tick : day_ticks(from, to)) {
        // The middle of the day's place.
        const std::int64_t at = (2 * (tick.day.days - from.days) + 1) * 10'000 / (2 * days);
        html +=
            fmt::format("<span style=\"left:{}.{:02}%\">{}</span>", at / 100, at % 100, tick.label);
    }
    return html + "</div>";
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char letter : shown_text(text)) {
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

std::vector<__int128> axis_ticks(__int128 lowest, __int128 highest) {
    lowest = std::min<Micros>(lowest, 0);
    highest = std::max<Micros>(highest, 0);
    if (lowest == highest) highest = Decimal::scale;
    const Micros step = step_of((highest - lowest + tick_count_wanted - 1) / tick_count_wanted);
    // Rounded away from zero on both sides, so that every value lies between the outer ticks.
    const Micros first = -((-lowest + step - 1) / step) * step;
    const Micros last = (highest + step - 1) / step * step;
    std::vector<Micros> ticks;
    for (Micros tick = first; tick <= last; tick += step)
        ticks.push_back(tick);
    return ticks;
}

std::vector<DayTick> day_ticks(BusinessDate from, BusinessDate to) {
    constexpr std::int32_t day_ticks_max = 7;
    constexpr std::int32_t days_of_few_months = 100;
    const std::int32_t days = to.days - from.days + 1;
    std::vector<BusinessDate> chosen;
    if (days <= days_of_few_months) {
        const std::int32_t apart = (days + day_ticks_max - 1) / day_ticks_max;
        for (BusinessDate day = from; day <= to; day.days += apart)
            chosen.push_back(day);
    } else {
        std::vector<BusinessDate> firsts;
        for (BusinessDate day = from; day <= to; ++day.days) {
            if (BusinessDate{day.days - 1}.is_month_end()) firsts.push_back(day);
        }
        const std::size_t apart = (firsts.size() + day_ticks_max - 1) / day_ticks_max;
        for (std::size_t index = 0; index < firsts.size(); index += apart)
            chosen.push_back(firsts[index]);
    }
    std::vector<DayTick> ticks;
    for (const BusinessDate day : chosen) {
        const std::string text = day.text();  // 2026-03-01
        const char* month = month_names[(text[5] - '0') * 10 + (text[6] - '0') - 1];
        const bool is_month = days > days_of_few_months;
        ticks.push_back({day, is_month ? fmt::format("{} {}", month, text.substr(0, 4))
                                       : fmt::format("{} {}", std::stoi(text.substr(8)), month)});
    }
    return ticks;
}

std::string bar_chart(const MetricReport& report, BusinessDate from, BusinessDate to) {
    Micros lowest = 0;
    Micros highest = 0;
    const std::vector<Bar> bars = bars_of(report, from, to);
    for (const Bar& bar : bars) {
        lowest = std::min(lowest, micros_of(*bar.figure));
        highest = std::max(highest, micros_of(*bar.figure));
    }
    const std::vector<Micros> ticks = axis_ticks(lowest, highest);
    const Scale scale(ticks);
    const std::int64_t days = to.days - from.days + 1;
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\""
        " aria-label=\"{} by day, {} to {}\">",
        chart_width, chart_height, escape_html(report.metric->head.name), from.text(), to.text());
    for (const Micros tick : ticks) {
        svg += fmt::format("<line class=\"{0}\" x1=\"0\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\"/>",
                           tick == 0 ? "zero" : "grid", chart_width, scale.y(tick));
    }
    for (const Bar& bar : bars) {
        const std::int64_t index = bar.day.days - from.days;
        const std::int64_t left = index * chart_width / days;
        const std::int64_t next = (index + 1) * chart_width / days;
        const std::int64_t space = std::max<std::int64_t>((next - left) / 8, 0);
        const std::int64_t width = std::max<std::int64_t>(next - left - space, 1);
        svg += bar.figure->value ? rect(report, bar, scale, left, width) : gap(bar, left, width);
    }
    return fmt::format("<div class=\"chart\">{}<div class=\"plot\">{}</svg></div>{}</div>",
                       y_labels(ticks, scale), svg, x_labels(from, to));
}

}  // namespace meshline
