// Goal: charts have axes that people can read, and a day without a figure is a gap. Method: tables
// of ranges, and a report with a missing day.
#include "surface/cli/html_chart.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

BusinessDate day(const char* text) {
    return *BusinessDate::parse(text);
}

TEST(HtmlChart, ticks_are_round_and_enclose_all_values) {
    struct Case {
        long long lowest;
        long long highest;
        std::vector<long long> ticks;
    };
    constexpr long long one = 1'000'000;
    const Case cases[] = {
        {0, 0, {0, one / 2, one}},
        {0, 75 * one, {0, 20 * one, 40 * one, 60 * one, 80 * one}},
        {-30 * one, 75 * one, {-50 * one, 0, 50 * one, 100 * one}},
        {-5 * one, 0, {-6 * one, -4 * one, -2 * one, 0}},
        {0, 3, {0, 1, 2, 3}},
    };
    for (const Case& one_case : cases) {
        std::vector<long long> ticks;
        for (const __int128 tick : axis_ticks(one_case.lowest, one_case.highest))
            ticks.push_back(static_cast<long long>(tick));
        EXPECT_EQ(ticks, one_case.ticks) << one_case.lowest << " " << one_case.highest;
    }
}

TEST(HtmlChart, days_are_labelled_a_few_at_a_time) {
    const auto labels = [](const char* from, const char* to) {
        std::string text;
        for (const DayTick& tick : day_ticks(day(from), day(to)))
            text += tick.label + ", ";
        return text;
    };
    EXPECT_EQ(labels("2026-03-01", "2026-03-01"), "1 Mar, ");
    EXPECT_EQ(labels("2026-02-27", "2026-03-03"), "27 Feb, 28 Feb, 1 Mar, 2 Mar, 3 Mar, ");
    EXPECT_EQ(labels("2026-03-01", "2026-03-31"),
              "1 Mar, 6 Mar, 11 Mar, 16 Mar, 21 Mar, 26 Mar, 31 Mar, ");
    EXPECT_EQ(labels("2025-12-15", "2026-12-14"),
              "Jan 2026, Mar 2026, May 2026, Jul 2026, Sep 2026, Nov 2026, ");
}

TEST(HtmlChart, a_day_without_a_figure_is_a_gap) {
    MetricDefinition metric;
    metric.head.name = "net_sales";
    const ClientDefinition client{.currency = *Currency::from_code("JPY")};
    MetricReport report;
    report.client = &client;
    report.metric = &metric;
    report.currency = "JPY";
    for (const char* period : {"2026-03-01", "2026-03-03"}) {
        ReportedFigure& figure = report.figures.emplace_back();
        figure.period = period;
        figure.value = *Decimal::parse("1200", Rounding::exact);
        figure.version = 1;
    }
    const std::string chart = bar_chart(report, day("2026-03-01"), day("2026-03-04"));
    EXPECT_NE(chart.find("2026-03-01: 1,200 JPY"), std::string::npos) << chart;
    EXPECT_EQ(chart.find("2026-03-02"), std::string::npos) << chart;
    // The second day's quarter is empty: the bars stand in the first and the third.
    EXPECT_NE(chart.find("x=\"0\""), std::string::npos);
    EXPECT_EQ(chart.find("x=\"250\""), std::string::npos);
    EXPECT_NE(chart.find("x=\"500\""), std::string::npos);
}

TEST(HtmlChart, a_gap_says_whether_the_day_is_open_or_held) {
    MetricDefinition metric;
    metric.head.name = "net_sales";
    MetricReport report;
    report.metric = &metric;
    for (const PublicationState state : {PublicationState::provisional, PublicationState::held}) {
        ReportedFigure& figure = report.figures.emplace_back();
        figure.period = state == PublicationState::held ? "2026-03-02" : "2026-03-01";
        figure.state = state;
    }
    const std::string chart = bar_chart(report, day("2026-03-01"), day("2026-03-02"));
    EXPECT_NE(chart.find("2026-03-01: open<"), std::string::npos) << chart;
    EXPECT_NE(chart.find("2026-03-02: held, without a figure so far<"), std::string::npos) << chart;
    EXPECT_EQ(chart.find("class=\"provisional\""), std::string::npos) << chart;
    EXPECT_EQ(chart.find("class=\"held\""), std::string::npos) << chart;
}

TEST(HtmlChart, text_for_html_steers_nothing) {
    EXPECT_EQ(escape_html("<b>'\"&\xC2\x9B\xE2\x80\xAE"), "&lt;b&gt;&#39;&quot;&amp;??");
}

}  // namespace
}  // namespace meshline
