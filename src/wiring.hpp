#pragma once

#include "operate/installation/installation.hpp"

#include <memory>

namespace meshline {

/// The one place that ties interfaces to their implementations.
std::unique_ptr<Installation> wire();

}  // namespace meshline
