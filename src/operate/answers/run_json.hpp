#pragma once

#include "operate/orchestrate/orchestrate.hpp"

#include <string>
#include <vector>

namespace meshline {

/// What a client took: other rules for its zones, and the days whose figures they moved.
struct TakenZoneRules {
    ClientId client;
    std::vector<OtherZoneRules> zones;
    std::vector<MovedDay> days;
};

/// {"runs": [...]}: each client's run, its stages with what they counted, and the zones for which
/// the machine has other rules than it keeps (times in UTC, null where clocks differ from ever or
/// for ever).
std::string run_json(const std::vector<ClientReport>& reports);
/// The same with "taken_zone_rules".
std::string run_json(const std::vector<ClientReport>& reports,
                     const std::vector<TakenZoneRules>& taken);

}  // namespace meshline
