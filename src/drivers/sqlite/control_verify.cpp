#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "drivers/sqlite/verify_tree.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {

/// The digests of all bytes in the table, each of which has been hashed again.
Result<std::set<Digest>> SqliteControl::verify_digests(const char* table) {
    Statement select =
        database_.prepare(fmt::format("select digest, bytes from {} order by digest", table));
    std::set<Digest> digests;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return digests;
        MESHLINE_ASSIGN(const Digest digest, select.digest(0));
        MESHLINE_TRY(check_digest(database_.file(), select.text(1), digest));
        digests.insert(digests.end(), digest);
    }
}

/// What is committed to by digest is there.
Result<void> SqliteControl::verify_commitments(const Commitments& commitments) {
    const std::string file = database_.file();
    MESHLINE_ASSIGN(const auto definitions, verify_digests("definitions"));
    MESHLINE_ASSIGN(const auto blobs, verify_digests("blobs"));
    for (const Digest& digest : commitments.blobs) {
        if (!blobs.contains(digest)) return missing_bytes(file, digest);
    }
    for (const Digest& manifest : commitments.manifests) {
        MESHLINE_ASSIGN(const std::string lines, blob(manifest));
        for (const NamedDefinition& named : definitions_in_manifest(lines)) {
            if (!definitions.contains(named.digest)) return missing_bytes(file, named.digest);
        }
    }
    Statement versions = database_.prepare("select contract_digest from stream_versions");
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, versions.step());
        if (!has_row) return {};
        MESHLINE_ASSIGN(const Digest contract, versions.digest(0));
        if (!definitions.contains(contract)) return missing_bytes(file, contract);
    }
}

/// A client's zones, and the rules that it keeps for each.
Result<void> SqliteControl::verify_zone_rules(const Commitments& commitments,
                                              const TakenZoneRules& taken) {
    using ClientZone = std::pair<std::string, std::string>;
    const auto corrupt = [&](const ClientZone& at) {
        return control_corrupt(
            database_.file(),
            fmt::format(
                "the rules that \"{}\" keeps for zone \"{}\" are not those that it published"
                " by, or took",
                at.first, at.second));
    };
    std::map<ClientZone, Digest> kept;
    MESHLINE_ASSIGN(const auto rows, kept_zone_rules());
    for (const KeptZoneRules& row : rows) {
        const ClientZone at{row.client.text(), row.zone};
        MESHLINE_ASSIGN(const StoredDefinition rules, definition(row.rules));
        // The act of taking stands before what it does, which may have been cut short.
        const auto act = taken.find(at);
        const bool is_other = act != taken.end() && !act->second.contains(row.rules.hex());
        if (rules.kind != "zone" || is_other) return corrupt(at);
        kept.emplace(at, row.rules);
    }
    for (const auto& [client, manifest] : commitments.last_manifests) {
        MESHLINE_ASSIGN(const std::string lines, blob(manifest));
        for (const NamedDefinition& named : definitions_in_manifest(lines)) {
            const ClientZone at{client, named.name};
            const auto found = kept.find(at);
            const bool is_good =
                named.kind != "zone" ||
                (found != kept.end() && (found->second == named.digest || taken.contains(at)));
            if (!is_good) return corrupt(at);
        }
    }
    return {};
}

Result<void> SqliteControl::verify() {
    MESHLINE_TRY(database_.check_pages());
    TreeVerifier tree(database_);
    MESHLINE_TRY(tree.walk());
    MESHLINE_ASSIGN(const AuditHead head, audit_head());
    Statement stored = database_.prepare("select root from audit_tree");
    MESHLINE_ASSIGN(const bool has_tree, stored.step());
    if (head.size != tree.size() || head.root != tree.root() ||
        (has_tree && stored.text(0) != head.root.hex())) {
        return control_corrupt(
            database_.file(),
            fmt::format("the audit tree of {} leaves does not have the root that was recorded",
                        tree.size()));
    }
    MESHLINE_TRY(verify_commitments(tree.commitments()));
    return verify_zone_rules(tree.commitments(), tree.taken_zone_rules());
}

}  // namespace meshline
