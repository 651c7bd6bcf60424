#pragma once

#include "core/workspace/definitions.hpp"

#include <string>
#include <vector>

namespace meshline {

/// "metric orders is left out: unknown owner "finanse" (metrics/orders.yaml:2:8)".
std::string broken_sentence(const LeftOut& broken);
/// A line each, or "".
std::string broken_text(const std::vector<const LeftOut*>& broken);

}  // namespace meshline
