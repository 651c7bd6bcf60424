#pragma once

#include "base/time/zone.hpp"
#include "core/control/control_store.hpp"
#include "core/workspace/definitions.hpp"
#include "core/workspace/kept_zones.hpp"

#include <string>
#include <vector>

namespace meshline {

/// The zones of the clients of a data folder, with the rules that they keep. Error control.corrupt,
/// time.bad_zone_rules.
Result<KeptZones> read_kept_zones(ControlStore& control);

/// Keeps the rules that the client was loaded with, for those of its zones for which it keeps none:
/// who uses a zone first decides by which rules, until others are taken.
Result<void> keep_zone_rules(ControlStore& control, const ClientDefinition& client);

/// A zone for which the machine has other rules than the client was loaded with.
struct OtherZoneRules {
    std::string zone;
    ZoneRules kept;
    ZoneRules machine;
    /// UTC seconds in which clocks differ; never empty.
    std::vector<Stretch> differences;
};

/// A zone that the machine does not know any more is not among them.
std::vector<OtherZoneRules> other_zone_rules(const ClientDefinition& client);

/// Keeps the machine's rules instead; the audit tree says so. The client must be loaded again.
Result<void> take_zone_rules(ControlStore& control, Instant at, const ClientId& client,
                             const std::vector<OtherZoneRules>& others);

/// A day whose published figures are others than before the run.
struct MovedDay {
    std::string metric;
    std::string day;
    int version = 1;
};

/// The days that a run published other figures of, by metric and day.
Result<std::vector<MovedDay>> days_moved(ControlStore& control, const Workspace& workspace,
                                         const ClientId& client, const RunId& run);

}  // namespace meshline
