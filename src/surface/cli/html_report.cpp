#include "surface/cli/html_report.hpp"

#include "surface/cli/html_chart.hpp"
#include "surface/cli/metric_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace meshline {
namespace {

constexpr const char* page_head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meshline report</title>
<style>
:root { color-scheme: light dark; --ink: #1c2430; --soft: #667085; --line: #d9dee7;
  --paper: #ffffff;
  --card: #f7f9fc;
  --verified: #2f7d5b; --restated: #3567b0; --provisional: #c08a1e; --held: #b23a3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf3; --soft: #98a2b3;
  --line: #323b4a;
  --paper: #12161d; --card: #1a2029; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 24px 64px; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 21px; margin: 40px 0 4px; }
h3 { font-size: 15px; margin: 0; } p.note { color: var(--soft); margin: 0 0 16px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px;
  margin: 12px 0; }
.row { display: flex; justify-content: space-between; align-items: baseline; gap: 16px; }
.total { font-size: 20px; font-variant-numeric: tabular-nums; }
.chart { width: 100%; height: 96px; margin: 8px 0; display: block; }
.chart line { stroke: var(--line); stroke-width: 1; }
rect.verified { fill: var(--verified); } rect.restated { fill: var(--restated); }
rect.provisional { fill: var(--provisional); } rect.held { fill: var(--held); }
.state { font-size: 12px; padding: 1px 8px; border-radius: 9px; color: #fff; margin-left: 4px;
  white-space: nowrap; }
.state.verified { background: var(--verified); } .state.restated { background: var(--restated); }
.state.provisional { background: var(--provisional); } .state.held { background: var(--held); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
details { margin-top: 4px; } summary { color: var(--soft); cursor: pointer; font-size: 13px; }
</style></head><body>
)";

std::string states_html(const MetricReport& report) {
    std::map<PublicationState, int> days;
    for (const ReportedFigure& figure : report.figures)
        ++days[figure.state];
    std::string html;
    for (const auto& [state, count] : days) {
        html += fmt::format("<span class=\"state {0}\">{1} {0}</span>", name_of(state), count);
    }
    return html;
}

Result<std::string> dimension_html(ControlStore& control, const MetricReport& daily,
                                   const std::string& dimension, const ReportQuery& query) {
    constexpr std::size_t members_shown_max = 12;
    ReportQuery by_dimension = query;
    by_dimension.by = dimension;
    MESHLINE_ASSIGN(MetricReport report,
                    read_report(control, *daily.client, *daily.metric, by_dimension));
    std::sort(report.figures.begin(), report.figures.end(), [](const auto& one, const auto& other) {
        return std::tie(*other.value, one.dimensions) < std::tie(*one.value, other.dimensions);
    });
    std::string html = fmt::format(
        "<details><summary>by {}</summary><table><tr><th>{}</th><th "
        "class=\"number\">value</th></tr>",
        escape_html(dimension), escape_html(dimension));
    std::size_t shown = 0;
    for (const ReportedFigure& figure : report.figures) {
        if (++shown > members_shown_max) break;
        html += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td></tr>",
                            escape_html(figure.dimensions.at(dimension)),
                            value_text(report, *figure.value));
    }
    if (report.figures.size() > members_shown_max) {
        html += fmt::format("<tr><td>and {} more</td><td></td></tr>",
                            report.figures.size() - members_shown_max);
    }
    return html + "</table></details>";
}

Result<std::string> metric_html(ControlStore& control, const MetricReport& report,
                                const ReportQuery& query) {
    const DefinitionHead& head = report.metric->head;
    std::string html = fmt::format(
        "<section class=\"card\"><div class=\"row\"><h3>{}</h3><div class=\"total\">{} "
        "{}</div></div>"
        "<div class=\"row\"><span class=\"note\">{} &middot; owner "
        "{}</span><span>{}</span></div>{}",
        escape_html(head.title.empty() ? head.name : head.title), value_text(report, report.total),
        report.currency, escape_html(report.metric->date_basis), escape_html(head.owner),
        states_html(report), bar_chart(report));
    for (const std::string& dimension : report.metric->dimensions) {
        MESHLINE_ASSIGN(const std::string part, dimension_html(control, report, dimension, query));
        html += part;
    }
    return html + "</section>\n";
}

Result<std::string> exceptions_html(ControlStore& control, const ClientDefinition& client) {
    ExceptionFilter filter;
    filter.client = client.id;
    MESHLINE_ASSIGN(const auto items, control.exceptions(filter));
    if (items.empty()) return std::string("<p class=\"note\">No open exceptions.</p>\n");
    std::string html = fmt::format(
        "<section class=\"card\"><h3>{} open exceptions</h3><table><tr><th class=\"number\">at risk"
        "</th><th>what broke</th><th>owner</th><th>suggested fix</th></tr>",
        items.size());
    for (const ExceptionItem& item : items) {
        const Finding& finding = item.finding;
        html += fmt::format(
            "<tr><td class=\"number\">{}</td><td>{}<br><small>{} {} &middot; {}</small></td>"
            "<td>{}</td><td>{}</td></tr>",
            finding.at_risk ? escape_html(finding.at_risk->text()) : "", escape_html(finding.title),
            name_of(finding.severity), escape_html(finding.type), item.id.text(),
            escape_html(finding.owner),
            finding.fixes.empty() ? "" : escape_html(finding.fixes.front().second));
    }
    return html + "</table></section>\n";
}

}  // namespace

Result<std::string> html_report(ControlStore& control, const Workspace& workspace,
                                const std::vector<const ClientDefinition*>& clients,
                                std::optional<BusinessDate> from, std::optional<BusinessDate> to) {
    ReportQuery query;
    query.from = from;
    query.to = to;
    std::string html = page_head;
    html += fmt::format(
        "<h1>{}</h1><p class=\"note\">Published figures with their trust. Money is"
        " exact; currencies are never added.</p>\n",
        escape_html(workspace.name));
    for (const ClientDefinition* client : clients) {
        html += fmt::format(
            "<h2>{}</h2><p class=\"note\">{} &middot; {} &middot; {}</p>\n",
            escape_html(client->head.title.empty() ? client->id.text() : client->head.title),
            client->id.text(), escape_html(client->calendar.zone().name()),
            client->currency.code());
        MESHLINE_ASSIGN(const std::string exceptions, exceptions_html(control, *client));
        html += exceptions;
        for (const MetricDefinition& metric : workspace.metrics) {
            MESHLINE_ASSIGN(const MetricReport report,
                            read_report(control, *client, metric, query));
            if (report.figures.empty()) continue;
            MESHLINE_ASSIGN(const std::string section, metric_html(control, report, query));
            html += section;
        }
    }
    return html + "</body></html>\n";
}

}  // namespace meshline
