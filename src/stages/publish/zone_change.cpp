#include "stages/publish/zone_change.hpp"

#include "base/text/text.hpp"
#include "base/time/civil.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::string_view zone_kind = "zone ";

/// A manifest taken apart: zone -> digest of its rules, and everything else.
struct Manifest {
    std::map<std::string, std::string> zones;
    std::string rest;
};

Manifest take_apart(std::string_view encoded) {
    Manifest manifest;
    for (const std::string_view line : split(encoded, '\n')) {
        const auto words = split(line, ' ');
        if (line.starts_with(zone_kind) && words.size() == 3) {
            manifest.zones.emplace(words[1], words[2]);
        } else {
            manifest.rest += std::string(line) + "\n";
        }
    }
    return manifest;
}

Result<Manifest> read_manifest(ControlStore& control, const Digest& digest) {
    MESHLINE_ASSIGN(const auto bytes, control.blob(digest));
    return take_apart(bytes);
}

Result<ZoneRules> read_rules(ControlStore& control, const std::string& hex) {
    MESHLINE_ASSIGN(const Digest digest, digest_from_hex(hex));
    MESHLINE_ASSIGN(const StoredDefinition stored, control.definition(digest));
    return ZoneRules::parse(stored.bytes);
}

/// Whether one of the stretches comes near the day. A source's local times, and those of another
/// zone, may lie a day beside the client's.
bool is_near(const std::vector<Stretch>& differences, const BusinessCalendar& calendar,
             BusinessDate day) {
    const auto second = [&](std::int32_t days) {
        return calendar.start_of({days}).micros / micros_per_second;
    };
    const std::int64_t from = second(day.days - 1);
    const std::int64_t to = second(day.days + 2);
    return std::ranges::any_of(differences,
                               [&](const Stretch& one) { return one.from < to && from < one.to; });
}

}  // namespace

bool differ_in_zone_rules_only(std::string_view before, std::string_view after) {
    const Manifest one = take_apart(before);
    const Manifest other = take_apart(after);
    return one.rest == other.rest && one.zones != other.zones;
}

Result<const std::vector<ZoneCauses::Change>*> ZoneCauses::changes(const Digest& before,
                                                                   const Digest& after) {
    const auto [found, is_new] = changes_.try_emplace({before, after});
    if (!is_new || before == after) return &found->second;
    MESHLINE_ASSIGN(const Manifest old, read_manifest(context_.control, before));
    MESHLINE_ASSIGN(const Manifest now, read_manifest(context_.control, after));
    for (const auto& [zone, digest] : now.zones) {
        const auto kept = old.zones.find(zone);
        if (kept != old.zones.end() && kept->second == digest) continue;
        // Figures of a time before rules were kept do not say by which they were made.
        const bool is_first = kept == old.zones.end();
        Change& change = found->second.emplace_back();
        change.text = fmt::format("zone rules of {}: {} -> {}", zone,
                                  is_first ? "not recorded" : kept->second.substr(0, 12),
                                  digest.substr(0, 12));
        if (is_first) continue;
        MESHLINE_ASSIGN(const ZoneRules old_rules, read_rules(context_.control, kept->second));
        MESHLINE_ASSIGN(const ZoneRules new_rules, read_rules(context_.control, digest));
        change.is_known = true;
        change.differences = old_rules.differences(new_rules);
    }
    return &found->second;
}

Result<std::string> ZoneCauses::between(const Publication& before, const Publication& after,
                                        BusinessDate day, bool has_events) {
    MESHLINE_ASSIGN(const auto* const all,
                    changes(before.definitions_digest, after.definitions_digest));
    std::string text;
    for (const Change& change : *all) {
        const bool can_move =
            change.is_known && is_near(change.differences, context_.client.calendar, day);
        if (has_events && !can_move) continue;
        if (!text.empty()) text += ", ";
        text += change.text;
    }
    return text;
}

}  // namespace meshline
