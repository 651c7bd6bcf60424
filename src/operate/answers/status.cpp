#include "operate/answers/status.hpp"

#include "core/stage/client_captures.hpp"
#include "operate/answers/exception_list.hpp"
#include "operate/answers/metric_report.hpp"
#include "operate/answers/report_days.hpp"
#include "operate/orchestrate/judge_clock.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace meshline {
namespace {

/// Days that are open, as today is, have no figure; those that no record should be of are left out
/// as a report leaves them out.
std::optional<BusinessDate> newest_day(std::vector<Publication> live, EventLog& log,
                                       const ClientDefinition& client) {
    std::erase_if(live, [](const Publication& act) {
        return act.version == 0 && act.state != PublicationState::held;
    });
    MetricReport all;
    all.client = &client;
    find_report_days(live, log, {}, all);
    return all.published_to;
}

Result<std::optional<NewestFigure>> newest_figure(ControlStore& control, EventLog& log,
                                                  const ClientDefinition& client) {
    MESHLINE_ASSIGN(auto live, control.live_publications(client.id, ""));
    std::erase_if(live, [](const Publication& act) { return act.says_nothing(); });
    const auto day = newest_day(live, log, client);
    if (!day) return std::optional<NewestFigure>();
    std::erase_if(live, [&](const Publication& act) {
        return act.grain != Grain::day || act.period > *day || act.through < *day;
    });
    const auto least = std::ranges::min_element(live, {}, [](const Publication& act) {
        return std::tuple(trust_of(act.state), act.metric);
    });
    if (least == live.end()) return std::optional<NewestFigure>();
    return std::optional(NewestFigure{*day, least->metric, least->state, least->reason});
}

/// The last position of each source that stands by a capture of it.
std::map<std::string, Position> last_positions(const CaptureHistory& history) {
    std::map<std::string, Position> last;
    for (const Standing& standing : history.standing()) {
        if (!standing.capture) continue;
        Position& of_source = last[history.captures()[*standing.capture].stream.source];
        of_source = std::max(of_source, standing.range.last);
    }
    return last;
}

Result<std::vector<SourceStatus>> sources_of(ControlStore& control, EventLog& log,
                                             const ClientDefinition& client) {
    MESHLINE_ASSIGN(const LogHead head, log.head(client.id));
    MESHLINE_ASSIGN(const CaptureHistory history, captures_of(log, control, client.id, head));
    const auto last = last_positions(history);
    std::vector<SourceStatus> sources;
    for (const SourceDefinition& source : client.sources) {
        SourceStatus& status = sources.emplace_back(SourceStatus{source.head.name, std::nullopt});
        const auto found = last.find(source.head.name);
        if (found == last.end()) continue;
        MESHLINE_ASSIGN(status.last_record_at, received_at(log, client.id, found->second));
    }
    return sources;
}

/// The list comes by severity, the worst first.
std::vector<OpenExceptions> by_severity(const std::vector<ExceptionItem>& items) {
    std::vector<OpenExceptions> groups;
    for (auto first = items.begin(); first != items.end();) {
        const auto end = std::find_if(first, items.end(), [&](const ExceptionItem& item) {
            return item.finding.severity != first->finding.severity;
        });
        const auto oldest = std::ranges::min_element(
            first, end, {}, [](const ExceptionItem& item) { return item.opened_at.micros; });
        groups.push_back({.severity = first->finding.severity,
                          .count = end - first,
                          .at_risk = money_at_risk(std::span(first, end)),
                          .oldest_opened_at = oldest->opened_at});
        first = end;
    }
    return groups;
}

}  // namespace

Result<ClientStatus> read_status(ControlStore& control, EventLog& log,
                                 const ClientDefinition& client) {
    ClientStatus status{.client = client.id,
                        .newest = {},
                        .sources = {},
                        .exceptions = {},
                        .at_risk = {},
                        .last_run = {}};
    MESHLINE_ASSIGN(status.newest, newest_figure(control, log, client));
    MESHLINE_ASSIGN(status.sources, sources_of(control, log, client));
    MESHLINE_ASSIGN(const ExceptionList list, list_exceptions(control, {.client = client.id}));
    status.exceptions = by_severity(list.items);
    status.at_risk = list.at_risk;
    MESHLINE_ASSIGN(status.last_run, control.last_run(client.id));
    return status;
}

}  // namespace meshline
