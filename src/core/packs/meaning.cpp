#include "core/packs/meaning.hpp"

#include "base/text/text.hpp"

#include <span>
#include <string>

namespace meshline {
namespace {

bool fits(std::string_view step, const std::string& key) {
    return step == "*" || step == key;
}

/// Takes out what lies at the path, and the mappings that it leaves empty: a policy that says only
/// whose it is means the same as none. Goes as deep as the table's paths.
void take_out(YamlNode& node, std::span<const std::string_view> path) {
    if (path.size() > 1) {
        for (YamlMember& member : node.members) {
            if (fits(path.front(), member.key.scalar)) take_out(member.value, path.subspan(1));
        }
    }
    std::erase_if(node.members, [&](const YamlMember& member) {
        const bool is_empty =
            member.value.kind == YamlKind::mapping && member.value.members.empty();
        return fits(path.front(), member.key.scalar) && (path.size() == 1 || is_empty);
    });
}

void take_out_role(YamlNode& node, std::string_view kind, KeyRole role) {
    for (const KeyOfRole& key : keys_by_role()) {
        if (key.kind == kind && key.role == role) take_out(node, split(key.path, '/'));
    }
}

}  // namespace

const std::vector<KeyOfRole>& keys_by_role() {
    // A severity is meaning: a finding of severity "low" leaves figures verified. So is which
    // clients a reconciliation or a check is for, but a client's manifest says that by naming it,
    // and a client that is added must not move the figures of the others.
    static const std::vector<KeyOfRole> keys = {
        {"client", "owner", KeyRole::text},
        {"client", "title", KeyRole::text},
        {"client", "settle_days", KeyRole::judgement},
        {"client", "starts_on", KeyRole::judgement},
        {"client", "closed", KeyRole::judgement},
        {"currencies", "owner", KeyRole::text},
        {"currencies", "title", KeyRole::text},
        {"source", "owner", KeyRole::text},
        {"source", "title", KeyRole::text},
        {"source", "field_owners", KeyRole::text},
        {"source", "handoff/escalate_to", KeyRole::text},
        {"source", "handoff", KeyRole::judgement},
        {"stream", "title", KeyRole::text},
        {"metric", "owner", KeyRole::text},
        {"metric", "title", KeyRole::text},
        {"check", "owner", KeyRole::text},
        {"check", "title", KeyRole::text},
        {"check", "fix", KeyRole::text},
        {"check", "clients", KeyRole::text},
        {"reconciliation", "owner", KeyRole::text},
        {"reconciliation", "title", KeyRole::text},
        {"reconciliation", "clients", KeyRole::text},
        {"reconciliation", "breaks/*/owner", KeyRole::text},
        {"reconciliation", "breaks/*/fix", KeyRole::text},
        {"attribution", "owner", KeyRole::text},
        {"attribution", "title", KeyRole::text},
        {"report", "owner", KeyRole::text},
        {"report", "title", KeyRole::text},
    };
    return keys;
}

YamlNode meaning_of(YamlNode definition, std::string_view kind) {
    take_out_role(definition, kind, KeyRole::text);
    return definition;
}

YamlNode facts_meaning_of(YamlNode definition, std::string_view kind) {
    take_out_role(definition, kind, KeyRole::text);
    take_out_role(definition, kind, KeyRole::judgement);
    return definition;
}

}  // namespace meshline
