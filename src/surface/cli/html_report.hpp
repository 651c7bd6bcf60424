#pragma once

#include "core/control/control_store.hpp"
#include "core/workspace/definitions.hpp"
#include "operate/answers/metric_report.hpp"

#include <string>
#include <vector>

namespace meshline {

struct HtmlRequest {
    std::vector<const ClientDefinition*> clients;
    const MetricDefinition* metric = nullptr;  ///< Nothing: all of them.
    ReportQuery query;                         ///< By day.
};

/// One page that needs nothing but itself: for each client the metrics with their totals, trust and
/// a chart per day, their dimensions, and the open exceptions.
Result<std::string> html_report(ControlStore& control, EventLog& log, const Workspace& workspace,
                                const HtmlRequest& request);

}  // namespace meshline
