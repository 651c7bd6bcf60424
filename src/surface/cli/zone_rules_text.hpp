#pragma once

#include "operate/answers/run_json.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A line for each zone for which the machine has other rules than those that the run kept to.
std::string other_rules_text(const std::vector<OtherZoneRules>& others);
std::string taken_rules_text(const std::vector<TakenZoneRules>& taken);

}  // namespace meshline
