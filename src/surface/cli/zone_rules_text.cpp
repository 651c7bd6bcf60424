#include "surface/cli/zone_rules_text.hpp"

#include "base/text/text.hpp"
#include "base/time/civil.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

std::string time_text(std::int64_t second) {
    return Instant{second * micros_per_second}.text();
}

std::string stretch_text(const Stretch& stretch) {
    const bool has_start = stretch.from != Stretch().from;
    const bool has_end = stretch.to != Stretch().to;
    if (!has_start && !has_end) return "at all times";
    if (!has_start) return fmt::format("until {}", time_text(stretch.to));
    if (!has_end) return fmt::format("from {} on", time_text(stretch.from));
    return fmt::format("from {} to {}", time_text(stretch.from), time_text(stretch.to));
}

/// The first stretch, and how many come after it.
std::string differences_text(const std::vector<Stretch>& differences) {
    std::string text = stretch_text(differences.front());
    if (differences.size() > 1) {
        text += fmt::format(" and in {} later stretch{}",
                            with_thousands(static_cast<std::int64_t>(differences.size()) - 1),
                            differences.size() == 2 ? "" : "es");
    }
    return text;
}

}  // namespace

std::string other_rules_text(const std::vector<OtherZoneRules>& others) {
    std::string text;
    for (const OtherZoneRules& other : others) {
        text += text_line(
            "  zone rules this machine has other rules for {}: clocks differ {}; the kept ones "
            "were used, --take-zone-rules takes the machine's",
            other.zone, differences_text(other.differences));
    }
    return text;
}

std::string taken_rules_text(const std::vector<TakenZoneRules>& taken) {
    if (taken.empty()) return "Every client keeps the zone rules of this machine.\n";
    std::string text;
    for (const TakenZoneRules& one : taken) {
        for (const OtherZoneRules& zone : one.zones) {
            text += text_line("{}  took the rules of {}: {} -> {}, clocks differ {}",
                              one.client.text(), zone.zone, zone.kept.digest().brief(),
                              zone.machine.digest().brief(), differences_text(zone.differences));
        }
        std::map<std::string, std::string> metrics;
        for (const MovedDay& moved : one.days) {
            std::string& names = metrics[moved.day];
            names += (names.empty() ? "" : ", ") + moved.metric;
        }
        for (const auto& [day, names] : metrics)
            text += text_line("  moved {}: {}", day, names);
        if (metrics.empty()) text += "  no published day moved\n";
    }
    return text;
}

}  // namespace meshline
