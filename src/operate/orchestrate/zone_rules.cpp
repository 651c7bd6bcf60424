#include "operate/orchestrate/zone_rules.hpp"

#include "base/json/json_writer.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace meshline {
namespace {

/// Members stand in the order of their names.
std::string audit_leaf(Instant at, const ClientId& client, const OtherZoneRules& other) {
    JsonWriter writer;
    writer.begin_object().member("act", "take_zone_rules").member("at", at.text());
    writer.member("client", client.text()).member("kept", other.kept.digest().hex());
    writer.member("taken", other.machine.digest().hex()).member("zone", other.zone);
    return writer.end_object().take();
}

Result<void> keep(ControlStore& control, const ClientId& client,
                  const std::vector<std::pair<std::string, ZoneRules>>& zones) {
    std::vector<StoredDefinition> definitions;
    std::vector<KeptZoneRules> kept;
    for (const auto& [name, rules] : zones) {
        definitions.push_back({rules.digest(), "zone", name, rules.text()});
        kept.push_back({client, name, rules.digest()});
    }
    if (kept.empty()) return {};
    MESHLINE_TRY(control.save_definitions(definitions));
    return control.keep_zone_rules(kept);
}

}  // namespace

Result<KeptZones> read_kept_zones(ControlStore& control) {
    MESHLINE_ASSIGN(const auto all, control.kept_zone_rules());
    KeptZones zones;
    // Most clients keep the same rules.
    std::map<std::pair<std::string, Digest>, Zone> read;
    for (const KeptZoneRules& kept : all) {
        auto found = read.find({kept.zone, kept.rules});
        if (found == read.end()) {
            MESHLINE_ASSIGN(const StoredDefinition stored, control.definition(kept.rules));
            MESHLINE_ASSIGN(ZoneRules rules, ZoneRules::parse(stored.bytes));
            found =
                read.emplace(std::pair(kept.zone, kept.rules), Zone(kept.zone, std::move(rules)))
                    .first;
        }
        zones.add(kept.client, found->second);
    }
    return zones;
}

Result<void> keep_zone_rules(ControlStore& control, const ClientDefinition& client) {
    MESHLINE_ASSIGN(const auto all, control.kept_zone_rules());
    std::set<std::string> known;
    for (const KeptZoneRules& kept : all) {
        if (kept.client == client.id) known.insert(kept.zone);
    }
    std::vector<std::pair<std::string, ZoneRules>> added;
    for (const auto& [name, zone] : client.zones()) {
        if (!known.contains(name)) added.emplace_back(name, zone.rules());
    }
    return keep(control, client.id, added);
}

std::vector<OtherZoneRules> other_zone_rules(const ClientDefinition& client) {
    std::vector<OtherZoneRules> others;
    for (const auto& [name, zone] : client.zones()) {
        Result<ZoneRules> machine = ZoneRules::of_machine(name);
        if (!machine.ok() || *machine == zone.rules()) continue;
        std::vector<Stretch> differences = zone.rules().differences(*machine);
        others.push_back({name, zone.rules(), std::move(machine).value(), std::move(differences)});
    }
    return others;
}

Result<void> take_zone_rules(ControlStore& control, Instant at, const ClientId& client,
                             const std::vector<OtherZoneRules>& others) {
    std::vector<std::pair<std::string, ZoneRules>> taken;
    for (const OtherZoneRules& other : others) {
        taken.emplace_back(other.zone, other.machine);
        // First the act, then what it does: one that was cut short is seen, and is done again.
        MESHLINE_TRY(control.append_audit_leaf(audit_leaf(at, client, other)));
    }
    return keep(control, client, taken);
}

Result<std::vector<MovedDay>> days_moved(ControlStore& control, const Workspace& workspace,
                                         const ClientId& client, const RunId& run) {
    std::vector<MovedDay> moved;
    for (const MetricDefinition& metric : workspace.metrics) {
        MESHLINE_ASSIGN(const auto history,
                        control.publication_history(client, metric.head.name, {}));
        std::map<std::string, Digest> before;
        for (const Publication& act : history) {
            const std::string day = act.period.text();
            const auto known = before.find(day);
            const bool is_other = known == before.end() || known->second != act.result_digest;
            if (act.run == run && is_other) moved.push_back({metric.head.name, day, act.version});
            before.insert_or_assign(day, act.result_digest);
        }
    }
    std::ranges::sort(moved, [](const MovedDay& left, const MovedDay& right) {
        return std::tie(left.metric, left.day) < std::tie(right.metric, right.day);
    });
    return moved;
}

}  // namespace meshline
