#include "operate/answers/report_days.hpp"

#include "core/stage/plausible_days.hpp"
#include "operate/orchestrate/judge_clock.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// A log that cannot be read takes no figure away: they are read from publications alone.
void find_today(const std::vector<Publication>& live, EventLog& log, MetricReport& report) {
    const auto last = std::ranges::max_element(live, {}, &Publication::log_position);
    const ClientDefinition& client = *report.client;
    const auto received = received_at(log, client.id, last->log_position);
    if (received.ok() && *received) {
        report.as_of.day = client.calendar.business_on(**received);
    } else {
        report.as_of.note =
            received.ok() ? fmt::format("the event log has no position {}", last->log_position)
                          : received.error().message;
    }
}

/// The days that a report goes over by itself, and those beyond that it is asked for. A record of
/// the year 1 or 9999 would otherwise stretch it over all years between.
DaySpan near_days(const MetricReport& report, const ReportQuery& query) {
    if (!report.as_of.day) return {date_min, date_max};
    const BusinessDate today = *report.as_of.day;
    const BusinessDate first =
        std::min(earliest_day(*report.client, today), first_plausible_day(today));
    const BusinessDate last = last_plausible_day(today);
    return {std::min(query.from.value_or(first), first), std::max(query.to.value_or(last), last)};
}

/// Whether the query's own bounds let the act's days be.
bool is_asked_for(const Publication& act, const ReportQuery& query) {
    return act.through >= query.from.value_or(date_min) &&
           act.period <= query.to.value_or(date_max);
}

}  // namespace

void find_report_days(const std::vector<Publication>& live, EventLog& log, const ReportQuery& query,
                      MetricReport& report) {
    if (live.empty()) return;
    report.as_of.day = query.as_of;
    if (!report.as_of.day) find_today(live, log, report);
    const DaySpan near = near_days(report, query);
    for (const Publication& act : live) {
        if (act.grain != Grain::day) continue;
        if (act.through < near.from || act.period > near.to) {
            if (is_asked_for(act, query)) report.days_left_out.insert(act.period);
            continue;
        }
        auto& from = report.published_from;
        auto& to = report.published_to;
        from = std::min(from.value_or(act.period), act.period);
        to = std::max(to.value_or(act.through), act.through);
    }
    if (!report.published_from) return;
    const BusinessDate from =
        std::max(query.from.value_or(*report.published_from), *report.published_from);
    const BusinessDate to = std::min(query.to.value_or(*report.published_to), *report.published_to);
    if (from > to) return;
    report.from = from;
    report.to = to;
}

BusinessDate today_of(const MetricReport& report) {
    return report.as_of.day.value_or(*report.published_to);
}

DaySpan published_within(const std::vector<Publication>& live, const DaySpan& days) {
    DaySpan within{days.to, days.from};
    for (const Publication& act : live) {
        const bool is_of_days =
            act.grain == Grain::day && act.through >= days.from && act.period <= days.to;
        if (!is_of_days) continue;
        within.from = std::min(within.from, std::max(act.period, days.from));
        within.to = std::max(within.to, std::min(act.through, days.to));
    }
    return within;
}

}  // namespace meshline
