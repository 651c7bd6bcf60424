#include "surface/cli/html_report.hpp"

#include "base/text/text.hpp"
#include "operate/answers/broken_definitions.hpp"
#include "surface/cli/broken_text.hpp"
#include "surface/cli/exception_text.hpp"
#include "surface/cli/html_chart.hpp"
#include "surface/cli/html_page.hpp"
#include "surface/cli/metric_report_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace meshline {
namespace {

/// The first and the last day of a chart.
struct Days {
    BusinessDate from;
    BusinessDate to;
};

std::string title_of(const ClientDefinition& client) {
    return escape_html(client.head.title.empty() ? client.id.text() : client.head.title);
}

/// "1,234.50 USD", or why there is none.
std::string total_html(const MetricReport& report) {
    if (report.total) {
        return fmt::format("<div class=\"total\">{} {}</div>", shown_value(report, report.total),
                           report.currency);
    }
    return fmt::format("<div class=\"note\">no total: {}</div>", escape_html(report.total_note));
}

std::string states_html(const MetricReport& report) {
    std::map<PublicationState, int> days;
    for (const ReportedFigure& figure : report.figures)
        ++days[figure.state];
    std::string html;
    for (const auto& [state, count] : days) {
        html += fmt::format("<span class=\"state {0}\">{1} {0}</span>", name_of(state),
                            with_thousands(count));
    }
    return html;
}

Result<std::string> dimension_html(ControlStore& control, EventLog& log, const MetricReport& daily,
                                   const std::string& dimension, const ReportQuery& query) {
    constexpr std::size_t members_shown_max = 12;
    ReportQuery by_dimension = query;
    by_dimension.by = dimension;
    by_dimension.as_of = daily.as_of.day;
    auto read = read_report(control, log, *daily.client, *daily.metric, by_dimension);
    // The days of a part of a period do not add up to its members: the page goes on without them.
    if (!read.ok() && read.error().code == "report.not_additive") return std::string();
    MESHLINE_ASSIGN(MetricReport report, std::move(read));
    std::sort(report.figures.begin(), report.figures.end(), [](const auto& one, const auto& other) {
        return std::tie(other.value, one.dimensions) < std::tie(one.value, other.dimensions);
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
                            shown_value(report, figure.value));
    }
    if (report.figures.size() > members_shown_max) {
        html += fmt::format(
            "<tr><td>and {} more</td><td></td></tr>",
            with_thousands(static_cast<std::int64_t>(report.figures.size() - members_shown_max)));
    }
    return html + "</table></details>";
}

/// Figures in currencies that are not added to these.
std::string other_currencies_html(const MetricReport& report) {
    if (report.other_currencies.empty()) return "";
    return fmt::format("<p class=\"note\">There are figures in {} too, which are not added.</p>",
                       escape_html(fmt::format("{}", fmt::join(report.other_currencies, ", "))));
}

/// Figures of days that no record should be of.
std::string left_out_html(const MetricReport& report) {
    if (report.days_left_out.empty()) return "";
    return fmt::format("<p class=\"note\">{}</p>",
                       escape_html(days_left_out_text(report.days_left_out)));
}

Result<std::string> metric_html(ControlStore& control, EventLog& log, const MetricReport& report,
                                const ReportQuery& query, const Days& days) {
    const DefinitionHead& head = report.metric->head;
    std::string html = fmt::format(
        "<section class=\"card\"><div class=\"row\"><h3>{}</h3>{}</div>"
        "<div class=\"row\"><span class=\"note\">{} &middot; owner "
        "{}</span><span>{}</span></div>{}{}",
        escape_html(head.title.empty() ? head.name : head.title), total_html(report),
        escape_html(report.metric->date_basis), escape_html(head.owner), states_html(report),
        bar_chart(report, days.from, days.to),
        other_currencies_html(report) + left_out_html(report));
    for (const std::string& dimension : report.metric->dimensions) {
        MESHLINE_ASSIGN(const std::string part,
                        dimension_html(control, log, report, dimension, query));
        html += part;
    }
    return html + "</section>\n";
}

std::string exception_row(const ExceptionItem& item) {
    const Finding& finding = item.finding;
    const std::string fix = finding.fixes.empty() ? "" : finding.fixes.front().second;
    const std::string at_risk = finding.at_risk ? with_thousands(finding.at_risk->text()) : "";
    return fmt::format(
        "<tr><td>{}</td><td class=\"number\" data-name=\"at risk\">{}</td>"
        "<td>{}<br><small>{} &middot; {}</small></td>"
        "<td data-name=\"owner\">{}</td><td data-name=\"fix\">{}</td></tr>",
        name_of(finding.severity), escape_html(at_risk), escape_html(finding.title),
        escape_html(finding.type), item.id.text(), escape_html(finding.owner), escape_html(fix));
}

Result<std::string> exceptions_html(ControlStore& control, const ClientDefinition& client) {
    constexpr std::size_t exceptions_shown_max = 200;
    MESHLINE_ASSIGN(const ExceptionList list, list_exceptions(control, {.client = client.id}));
    const std::vector<ExceptionItem>& items = list.items;
    if (items.empty()) return std::string("<p class=\"note\">No open exceptions.</p>\n");
    const std::string totals = money_at_risk_text(list.at_risk);
    std::string html = fmt::format(
        "<section class=\"card\"><h3>{} open exception{}{}{}</h3><table class=\"blocks\">"
        "<tr class=\"head\"><th>severity</th><th class=\"number\">at risk</th>"
        "<th>what broke</th><th>owner</th><th>suggested fix</th></tr>",
        with_thousands(static_cast<std::int64_t>(items.size())), items.size() == 1 ? "" : "s",
        totals.empty() ? "" : ", at risk ", escape_html(totals));
    for (std::size_t index = 0; index < std::min(items.size(), exceptions_shown_max); ++index)
        html += exception_row(items[index]);
    if (items.size() > exceptions_shown_max) {
        html += fmt::format(
            "<tr><td colspan=\"5\">and {} more: meshline exceptions {}</td></tr>",
            with_thousands(static_cast<std::int64_t>(items.size() - exceptions_shown_max)),
            client.id.text());
    }
    return html + "</table></section>\n";
}

/// Up to which event and when the client's figures were published last: "as of".
Result<std::string> as_of_html(ControlStore& control, const ClientDefinition& client) {
    MESHLINE_ASSIGN(const auto live, control.live_publications(client.id, ""));
    if (live.empty()) return std::string("nothing is published");
    const auto latest = std::ranges::max_element(live, {}, [](const Publication& act) {
        return std::pair(act.log_position, act.published_at.micros);
    });
    const std::string at = latest->published_at.text();  // 2026-03-01T08:30:00.000000Z
    return fmt::format("as of event {}, published {} {} UTC",
                       with_thousands(static_cast<std::int64_t>(latest->log_position)),
                       at.substr(0, 10), at.substr(11, 5));
}

/// The days that the client's charts show: those asked for, else from the first to the last figure.
std::optional<Days> days_of(const std::vector<MetricReport>& reports, const ReportQuery& query) {
    std::optional<BusinessDate> from = query.from;
    std::optional<BusinessDate> to = query.to;
    for (const MetricReport& report : reports) {
        for (const ReportedFigure& figure : report.figures) {
            const auto day = BusinessDate::parse(figure.period);
            if (!day.ok()) continue;
            if (!query.from) from = std::min(from.value_or(*day), *day);
            if (!query.to) to = std::max(to.value_or(*day), *day);
        }
    }
    if (!from || !to || *from > *to) return std::nullopt;
    return Days{*from, *to};
}

Result<std::string> client_html(ControlStore& control, EventLog& log, const Workspace& workspace,
                                const ClientDefinition& client, const HtmlRequest& request) {
    const ReportQuery& query = request.query;
    MESHLINE_ASSIGN(auto reports,
                    read_reports(control, log, workspace, client, request.metric, query));
    std::string nothing = why_nothing(client, reports);
    std::erase_if(reports, [](const MetricReport& report) { return report.figures.empty(); });
    if (!reports.empty()) nothing.clear();
    const std::optional<Days> days = days_of(reports, query);
    MESHLINE_ASSIGN(std::string as_of, as_of_html(control, client));
    if (!reports.empty() && reports.front().as_of.events_since_run.value_or(0) > 0) {
        as_of += fmt::format(" &middot; {} more since",
                             with_thousands(*reports.front().as_of.events_since_run));
    }
    std::string html = fmt::format(
        "<section class=\"client\" id=\"{0}\"><h2>{1}</h2><p class=\"note\">{0} &middot; {2}"
        " &middot; {3} &middot; {4}{5}</p>\n",
        client.id.text(), title_of(client), escape_html(client.calendar.zone().name()),
        client.currency.code(),
        days ? fmt::format("{} to {} &middot; ", days->from.text(), days->to.text()) : "", as_of);
    MESHLINE_ASSIGN(const std::string exceptions, exceptions_html(control, client));
    html += exceptions;
    for (const LeftOut* broken : broken_behind(workspace, client, request.metric)) {
        html +=
            fmt::format("<p class=\"note broken\">{}</p>\n", escape_html(broken_sentence(*broken)));
    }
    if (!nothing.empty()) html += fmt::format("<p class=\"note\">{}</p>\n", escape_html(nothing));
    for (const MetricReport& report : reports) {
        if (!days) break;
        MESHLINE_ASSIGN(const std::string section, metric_html(control, log, report, query, *days));
        html += section;
    }
    return html + "</section>\n";
}

}  // namespace

Result<std::string> html_report(ControlStore& control, EventLog& log, const Workspace& workspace,
                                const HtmlRequest& request) {
    std::string html = page_head(escape_html(workspace.name));
    html += fmt::format(
        "<h1>{}</h1><p class=\"note\">Published figures with their trust. Money is"
        " exact; currencies are never added.</p>\n",
        escape_html(workspace.name));
    if (request.clients.size() > 1) {
        html += "<nav>";
        for (const ClientDefinition* client : request.clients)
            html += fmt::format("<a href=\"#{}\">{}</a>", client->id.text(), title_of(*client));
        html += "</nav>\n";
    }
    for (const ClientDefinition* client : request.clients) {
        MESHLINE_ASSIGN(const std::string section,
                        client_html(control, log, workspace, *client, request));
        html += section;
    }
    return html.append(page_end);
}

}  // namespace meshline
