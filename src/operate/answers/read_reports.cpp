#include "operate/answers/broken_definitions.hpp"
#include "operate/answers/metric_report.hpp"
#include "operate/orchestrate/events_since_run.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Error no_currency(const std::string& what, const std::string& currency,
                  const std::set<std::string>& others) {
    return Error{.kind = ErrorKind::not_found,
                 .code = "report.no_currency",
                 .message = fmt::format("{} has no figure in {} here", what, currency),
                 .hint = fmt::format("There are figures in {}.", fmt::join(others, ", "))};
}

}  // namespace

Result<MetricReport> read_whole_report(ControlStore& control, EventLog& log,
                                       const Workspace& workspace, const ClientDefinition& client,
                                       const MetricDefinition& metric, const ReportQuery& query) {
    MESHLINE_ASSIGN(MetricReport report, read_report(control, log, client, metric, query));
    MESHLINE_ASSIGN(report.as_of.events_since_run, events_since_run(control, log, client.id));
    if (report.is_in_other_currencies) {
        return no_currency(fmt::format("metric \"{}\"", metric.head.name), report.currency,
                           report.other_currencies);
    }
    report.broken = broken_behind(workspace, client, &metric);
    return report;
}

Result<std::vector<MetricReport>> read_reports(ControlStore& control, EventLog& log,
                                               const Workspace& workspace,
                                               const ClientDefinition& client,
                                               const MetricDefinition* metric,
                                               const ReportQuery& query) {
    MESHLINE_ASSIGN(const auto waiting, events_since_run(control, log, client.id));
    std::vector<MetricReport> reports;
    bool has_money = false;
    std::string currency;
    std::set<std::string> others;
    for (const MetricDefinition& one : workspace.metrics) {
        if (metric && metric != &one) continue;
        MESHLINE_ASSIGN(MetricReport report, read_report(control, log, client, one, query));
        report.as_of.events_since_run = waiting;
        if (report.is_in_other_currencies) {
            currency = report.currency;
            others.merge(report.other_currencies);
            continue;
        }
        has_money = has_money || (!report.currency.empty() && !report.figures.empty());
        reports.push_back(std::move(report));
    }
    // A count has no currency: where only counts are left, nothing was found of what was asked for.
    if (!others.empty() && !has_money)
        return no_currency(fmt::format("\"{}\"", client.id.text()), currency, others);
    return reports;
}

std::string why_nothing(const ClientDefinition& client, std::span<const MetricReport> reports) {
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
    for (const MetricReport& report : reports) {
        if (!report.published_from) continue;
        from = std::min(from.value_or(*report.published_from), *report.published_from);
        to = std::max(to.value_or(*report.published_to), *report.published_to);
    }
    if (!from) {
        return fmt::format("Nothing is published for {0}. Capture records, then: meshline run {0}",
                           client.id.text());
    }
    return fmt::format("Nothing is published of these days; figures of {} go from {} to {}.",
                       client.id.text(), from->text(), to->text());
}

DaysByState days_by_state(const MetricReport& daily) {
    DaysByState days;
    for (const ReportedFigure& figure : daily.figures)
        ++days[figure.state];
    return days;
}

}  // namespace meshline
