#pragma once

#include "base/text/embedded_file.hpp"

#include <span>

namespace meshline {

/// The starter definitions of templates/shop: owners, metrics, checks, reconciliations,
/// attribution, reports and an example client. Paths are relative to the workspace.
std::span<const EmbeddedFile> shop_template();

}  // namespace meshline
