#pragma once

#include "core/control/control_store.hpp"
#include "core/workspace/definitions.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// What a report is asked for. `by`: "day", "month", or one of the metric's dimensions.
struct ReportQuery {
    std::string by = "day";
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
    std::string currency;  ///< Empty: the client's reporting currency.
};

struct ReportedFigure {
    std::string period;  ///< "2026-03-01", "2026-03", or "2026-03-01/2026-03-31".
    std::map<std::string, std::string> dimensions;
    std::optional<WideDecimal> value;  ///< Nothing where a held unit never had a good version.
    PublicationState state = PublicationState::provisional;
    int version = 0;
};

/// Published figures of one metric, read from publications alone. Where several days make one
/// value, its state is the least trustworthy of theirs and its version the largest.
struct MetricReport {
    const ClientDefinition* client = nullptr;
    const MetricDefinition* metric = nullptr;
    std::string currency;  ///< Empty for counts.
    std::vector<ReportedFigure> figures;
    std::vector<std::string>
        other_currencies;  ///< With figures of their own, never added to these.
    WideDecimal total;
};

/// Errors: report.unknown_dimension with the nearest name, money.unknown_currency, and
/// report.no_currency where a currency is asked for that only others have figures beside.
Result<MetricReport> read_report(ControlStore& control, const ClientDefinition& client,
                                 const MetricDefinition& metric, const ReportQuery& query);

/// A metric's value as text: money with its currency's digits, counts as they are.
std::string value_text(const MetricReport& report, const WideDecimal& value);

std::string report_json(const MetricReport& report);
std::string report_csv(const MetricReport& report);
std::string report_text(const MetricReport& report);

}  // namespace meshline
