#pragma once

#include "base/result/result.hpp"
#include "core/warehouse/transform.hpp"
#include "core/workspace/definitions.hpp"

#include <vector>

namespace meshline {

/// What definitions ask the attributes of entries for and no transform of the sources that they
/// concern writes (workspace.unknown_column, with the nearest name). Where nothing fills the book
/// yet, or a client that is concerned was left out, nobody can say.
std::vector<Error> check_asked_columns(const Workspace& workspace, TransformEngine& engine);

}  // namespace meshline
