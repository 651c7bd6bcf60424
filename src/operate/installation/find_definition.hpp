#pragma once

#include "core/workspace/definitions.hpp"

#include <string>

namespace meshline {

/// The definitions that a request names; they live as long as the workspace does.

/// Errors client.unknown with the nearest name; client.left_out where the definition has a problem.
Result<const ClientDefinition*> find_client(const Workspace& workspace, const std::string& name);
/// Errors metric.unknown, metric.left_out.
Result<const MetricDefinition*> find_metric(const Workspace& workspace, const std::string& name);

}  // namespace meshline
