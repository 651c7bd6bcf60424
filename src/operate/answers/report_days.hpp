#pragma once

#include "operate/answers/metric_report.hpp"

namespace meshline {

/// A span of days, both ends included.
struct DaySpan {
    BusinessDate from;
    BusinessDate to;
    friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

/// Fills in the report the log's today, the days that anything is published of, and those of them
/// that the query is for; `from` and `to` stay empty where there are none.
void find_report_days(const std::vector<Publication>& live, EventLog& log, const ReportQuery& query,
                      MetricReport& report);

/// The log's today, or else, where nobody can tell it, the last day that anything is published of.
BusinessDate today_of(const MetricReport& report);

/// The first and the last day of these that are published; none: one that ends before it begins.
DaySpan published_within(const std::vector<Publication>& live, const DaySpan& days);

}  // namespace meshline
