#pragma once

#include "operate/orchestrate/orchestrate.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A run's reports for people.
std::string run_text(const std::vector<ClientReport>& reports);

}  // namespace meshline
