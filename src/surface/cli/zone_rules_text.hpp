#pragma once

#include "base/json/json_writer.hpp"
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

/// A line for each zone for which the machine has other rules than those that the run kept to.
std::string other_rules_text(const std::vector<OtherZoneRules>& others);
/// The array {"zone", "kept", "machine", "differs_from", "differs_to"}; times in UTC, null where
/// clocks differ from ever or for ever.
void write_other_rules(JsonWriter& writer, const std::vector<OtherZoneRules>& others);

std::string taken_rules_text(const std::vector<TakenZoneRules>& taken);
void write_taken_rules(JsonWriter& writer, const std::vector<TakenZoneRules>& taken);

}  // namespace meshline
