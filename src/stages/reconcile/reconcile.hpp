#pragma once

#include "core/stage/stage.hpp"

#include <memory>

namespace meshline {

std::unique_ptr<Stage> make_reconcile();

}  // namespace meshline
