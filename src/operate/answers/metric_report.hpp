#pragma once

#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/grain.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace meshline {

/// What a report is asked for. `by`: "day", "week", "month", "quarter", "year", or one of the
/// metric's dimensions.
struct ReportQuery {
    std::string by = "day";
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
    std::string currency;  ///< Empty: the client's reporting currency.
    /// Known from another report of the metric; nothing: the log is asked.
    std::optional<BusinessDate> as_of;
};

struct ReportedFigure {
    std::string period;  ///< "2026-03-01", "2026-W09", "2026-03", or "2026-03-01/2026-03-31".
    BusinessDate first;  ///< The period's first and last day, as far as the report goes.
    BusinessDate last;
    std::map<std::string, std::string> dimensions;
    /// Nothing where there is no figure: nobody knows what the day comes to, its first version was
    /// held, one of several days is such a day, or days do not add up to the part of a period that
    /// was asked for.
    std::optional<WideDecimal> value;
    PublicationState state = PublicationState::provisional;
    int version = 0;
    /// Why the state is no better: "through 2026-03-17", "2 of 31 days: ...". Empty when verified.
    std::string note;
};

/// Up to when the records are known that figures stand on.
struct AsOf {
    /// The log's today as the publications know it: the day on which the last of the records came
    /// that they stand on, whatever days these are of. Nothing where nothing is published, or where
    /// the event log cannot tell.
    std::optional<BusinessDate> day;
    std::string note;  ///< Why the event log cannot tell.
    /// What no figure knows yet, see events_since_run(); of the client, where it was asked.
    std::optional<std::int64_t> events_since_run;
};

/// Published figures of one metric, read from publications alone. Every day between the first and
/// the last published one is there, but for days_left_out. Where several days make one value, its
/// state is the least trustworthy of theirs and its version the largest; a period that has not
/// ended is provisional.
struct MetricReport {
    const ClientDefinition* client = nullptr;
    const MetricDefinition* metric = nullptr;
    std::string currency;  ///< Empty for counts.
    std::vector<ReportedFigure> figures;
    std::set<std::string> other_currencies;  ///< With figures of their own, never added to these.
    /// A currency was asked for that none of the figures is in.
    bool is_in_other_currencies = false;
    /// Nothing where no day has a figure, where one was held before it ever had one, and where days
    /// do not add up and the report is for no whole period.
    std::optional<WideDecimal> total;
    std::string total_note;  ///< Why there is no total.
    AsOf as_of;
    /// What its figures lack because a definition is broken, see broken_behind(); of the workspace.
    std::vector<const LeftOut*> broken;
    /// The days that anything is published of; nothing where there are none.
    std::optional<BusinessDate> published_from;
    std::optional<BusinessDate> published_to;
    /// Those that the report goes over.
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
    /// Days with figures that no record should be of, so far from the log's today that the report
    /// goes over them only where it is asked to.
    std::set<BusinessDate> days_left_out;
};

/// Errors: report.unknown_dimension with the nearest name, report.not_additive where members of a
/// dimension are asked for that days do not add up to, money.unknown_currency.
Result<MetricReport> read_report(ControlStore& control, EventLog& log,
                                 const ClientDefinition& client, const MetricDefinition& metric,
                                 const ReportQuery& query);

/// The same with what waits for a run and what is broken behind it. Error report.no_currency where
/// it is in other currencies than the one asked for.
Result<MetricReport> read_whole_report(ControlStore& control, EventLog& log,
                                       const Workspace& workspace, const ClientDefinition& client,
                                       const MetricDefinition& metric, const ReportQuery& query);

/// Those of all metrics, or of `metric`, with what waits for a run. Where a currency is asked for,
/// metrics without any in it are left out; error report.no_currency where no sum of money has any.
Result<std::vector<MetricReport>> read_reports(ControlStore& control, EventLog& log,
                                               const Workspace& workspace,
                                               const ClientDefinition& client,
                                               const MetricDefinition* metric,
                                               const ReportQuery& query);

/// Why there are no figures: nothing is published yet, or other days alone. A sentence.
std::string why_nothing(const ClientDefinition& client, std::span<const MetricReport> reports);

/// How many days of a report stand where; a day is one also where the report is by month.
using DaysByState = std::map<PublicationState, int>;
DaysByState days_by_state(const MetricReport& daily);

/// A metric's value as text: money with its currency's digits, counts as they are; "-" where there
/// is none.
std::string value_text(const MetricReport& report, const std::optional<WideDecimal>& value);

/// One object; money is text, and null what there is none of.
std::string metric_report_json(const MetricReport& report);
/// A line per figure below a header; text of data cannot make a formula.
std::string metric_report_csv(const MetricReport& report);

/// States in order of trust, the least trustworthy first.
int trust_of(PublicationState state);
/// Error report.unknown_dimension for what figures of the metric cannot be grouped by.
Result<void> check_by(const MetricDefinition& metric, const std::string& by);

}  // namespace meshline
