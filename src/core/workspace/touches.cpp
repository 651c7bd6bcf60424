#include "core/workspace/touches.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace meshline {
namespace {

bool has_common(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    return std::ranges::find_first_of(left, right) != left.end();
}

bool has_entries_of(const MetricDefinition& metric, Book book,
                    const std::vector<std::string>& entries) {
    return metric.book == book && has_common(metric.entries, entries);
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_for(const std::vector<std::string>& clients, const ClientDefinition& client) {
    return clients.empty() || contains(clients, client.id.text());
}

/// Whether the source's stream, or any of its streams, brings what the metric is made of.
bool feeds(const SourceDefinition& source, std::string_view stream,
           const MetricDefinition& metric) {
    for (const std::string& name : source.streams) {
        if (!stream.empty() && name != stream) continue;
        for (const PackTransform& transform : source.pack->find(name)->transforms) {
            const bool is_entries = transform.into == "entries";
            if (is_entries ? transform.book == metric.book : !metric.attribution.empty())
                return true;
        }
    }
    return false;
}

bool touches_metrics(const CheckDefinition& check, const MetricDefinition& metric,
                     const Workspace& workspace) {
    const MetricDefinition* measured = workspace.find_metric(check.measure);
    return measured != nullptr && has_entries_of(metric, measured->book, measured->entries);
}

bool is_part(const CheckDefinition& check, std::string_view metric) {
    return check.metric == metric || std::ranges::any_of(check.parts, [&](const auto& part) {
               return part.second == metric;
           });
}

/// What the evidence says under that name; findings of checks and reconciliations begin with it.
std::string_view found_by(const Finding& finding, std::string_view kind) {
    const bool is_named = !finding.evidence.empty() && finding.evidence.front().first == kind;
    return is_named ? std::string_view(finding.evidence.front().second) : std::string_view();
}

}  // namespace

bool concerns(const CheckDefinition& check, const ClientDefinition& client) {
    if (!is_for(check.clients, client)) return false;
    if (check.source.empty()) return true;
    const SourceDefinition* source = client.find(check.source);
    return source != nullptr && (check.stream.empty() || contains(source->streams, check.stream));
}

bool concerns(const ReconciliationDefinition& reconciliation, const ClientDefinition& client) {
    return is_for(reconciliation.clients, client);
}

bool touches(const CheckDefinition& check, const MetricDefinition& metric,
             const Workspace& workspace, const ClientDefinition& client) {
    switch (check.kind) {
        case CheckKind::row:
            return has_entries_of(metric, check.book, check.entries);
        case CheckKind::cross:
            return has_entries_of(metric, check.book, check.entries) ||
                   has_entries_of(metric, check.limit_book, check.limit_entries);
        case CheckKind::invariant:
            return is_part(check, metric.head.name);
        case CheckKind::balance:
            return metric.book == check.book;
        case CheckKind::volume:
            if (check.measure != "events") return touches_metrics(check, metric, workspace);
            [[fallthrough]];
        case CheckKind::freshness:
            break;
    }
    const SourceDefinition* source = client.find(check.source);
    return source != nullptr && feeds(*source, check.stream, metric);
}

bool touches(const ReconciliationDefinition& reconciliation, const MetricDefinition& metric) {
    const auto is_of = [&](const SideDefinition& side) {
        return has_entries_of(metric, side.book, side.entries);
    };
    return (reconciliation.is_left_doubtful && is_of(reconciliation.left)) ||
           (reconciliation.is_right_doubtful && is_of(reconciliation.right));
}

std::vector<CheckDefinition> checks_of(const Workspace& workspace, const ClientDefinition& client) {
    std::vector<CheckDefinition> checks;
    for (const CheckDefinition& check : workspace.checks) {
        if (concerns(check, client)) checks.push_back(check);
    }
    const std::size_t stated = checks.size();
    for (const SourceDefinition& source : client.sources) {
        const bool is_watched = std::any_of(
            checks.begin(), checks.begin() + static_cast<std::ptrdiff_t>(stated),
            [&](const CheckDefinition& check) {
                return check.kind == CheckKind::freshness && check.source == source.head.name;
            });
        if (!source.fresh_within_hours || is_watched) continue;
        CheckDefinition check;
        check.head = source.head;
        check.head.name = fmt::format("handoff_{}", source.head.name);
        check.head.title = fmt::format("The handoff of {} promises a record every {} hours",
                                       source.head.name, *source.fresh_within_hours);
        check.kind = CheckKind::freshness;
        check.exception_severity = Severity::high;
        check.source = source.head.name;
        check.within_hours = *source.fresh_within_hours;
        checks.push_back(std::move(check));
    }
    return checks;
}

Touches::Touches(const Workspace& workspace, const ClientDefinition& client)
    : workspace_(workspace), client_(client), checks_(checks_of(workspace, client)) {}

bool Touches::of_check(std::string_view name, const MetricDefinition& metric) const {
    const auto check = std::ranges::find_if(
        checks_, [&](const CheckDefinition& one) { return one.head.name == name; });
    return check == checks_.end() || touches(*check, metric, workspace_, client_);
}

bool Touches::of_finding(const Finding& finding, const MetricDefinition& metric) const {
    const std::string_view check = found_by(finding, "check");
    if (!check.empty()) return of_check(check, metric);
    const std::string_view name = found_by(finding, "reconciliation");
    const auto reconciliation = std::ranges::find_if(
        workspace_.reconciliations,
        [&](const ReconciliationDefinition& one) { return one.head.name == name; });
    return reconciliation == workspace_.reconciliations.end() || touches(*reconciliation, metric);
}

}  // namespace meshline
