#pragma once

#include "operate/answers/metric_report.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// One metric's total over the days asked for, and how many of them stand where.
struct OverviewRow {
    const MetricDefinition* metric = nullptr;
    std::string currency;  ///< Empty for counts.
    std::string total;     ///< As value_text() has it: "-" where there is none.
    std::string total_note;
    DaysByState days;
};

/// Every metric of a client that has figures. From, to and as of are those of the first of them.
struct Overview {
    const ClientDefinition* client = nullptr;
    std::vector<OverviewRow> rows;
    BusinessDate from;
    BusinessDate to;
    AsOf as_of;
    std::string why_nothing;  ///< Where there are no rows.
    std::set<std::string> other_currencies;
    std::set<BusinessDate> days_left_out;
    std::vector<const LeftOut*> broken;
};

/// Read from publications alone. Errors as read_reports().
Result<Overview> read_overview(ControlStore& control, EventLog& log, const Workspace& workspace,
                               const ClientDefinition& client, const ReportQuery& query);

}  // namespace meshline
