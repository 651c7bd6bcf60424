#include "operate/answers/overview.hpp"

#include "operate/answers/broken_definitions.hpp"

namespace meshline {

Result<Overview> read_overview(ControlStore& control, EventLog& log, const Workspace& workspace,
                               const ClientDefinition& client, const ReportQuery& query) {
    MESHLINE_ASSIGN(const auto reports,
                    read_reports(control, log, workspace, client, nullptr, query));
    Overview overview;
    overview.client = &client;
    overview.broken = broken_behind(workspace, client, nullptr);
    for (const MetricReport& report : reports) {
        overview.days_left_out.insert(report.days_left_out.begin(), report.days_left_out.end());
        if (report.figures.empty()) continue;
        if (overview.rows.empty()) {
            overview.from = *report.from;
            overview.to = *report.to;
            overview.as_of = report.as_of;
        }
        overview.rows.push_back({.metric = report.metric,
                                 .currency = report.currency,
                                 .total = value_text(report, report.total),
                                 .total_note = report.total ? "" : report.total_note,
                                 .days = days_by_state(report)});
        overview.other_currencies.insert(report.other_currencies.begin(),
                                         report.other_currencies.end());
    }
    if (overview.rows.empty()) overview.why_nothing = why_nothing(client, reports);
    return overview;
}

}  // namespace meshline
