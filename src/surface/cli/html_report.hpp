#pragma once

#include "core/control/control_store.hpp"
#include "core/workspace/definitions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// One page that needs nothing but itself: for each client the metrics with their totals, trust and
/// a chart per day, their dimensions, and the open exceptions.
Result<std::string> html_report(ControlStore& control, const Workspace& workspace,
                                const std::vector<const ClientDefinition*>& clients,
                                std::optional<BusinessDate> from, std::optional<BusinessDate> to);

}  // namespace meshline
