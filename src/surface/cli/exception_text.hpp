#pragma once

#include "core/control/control_store.hpp"

#include <string>
#include <vector>

namespace meshline {

std::string exceptions_text(const std::vector<ExceptionItem>& items);
std::string exceptions_json(const std::vector<ExceptionItem>& items);

}  // namespace meshline
