#pragma once

#include "base/json/json_writer.hpp"
#include "core/workspace/definitions.hpp"

#include <string>
#include <vector>

namespace meshline {

/// What is left out of the workspace for its problems: of it, what the client's figures lack, or
/// those of one metric, to which others do not matter.
std::vector<const LeftOut*> broken_behind(const Workspace& workspace,
                                          const ClientDefinition& client,
                                          const MetricDefinition* metric);

/// An array of kind, name, problem, file, line and column.
void write_broken(JsonWriter& writer, const std::vector<const LeftOut*>& broken);

}  // namespace meshline
