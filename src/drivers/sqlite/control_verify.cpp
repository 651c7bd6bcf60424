#include "base/merkle/merkle.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Error corrupt(const Database& database, std::string message) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "control.corrupt",
                 .message = std::move(message),
                 .hint = "Restore control.sqlite from a backup; the event log is not affected."}
        .at({.file = database.file()});
}

Result<void> verify_digests(Database& database, const char* table) {
    Statement select =
        database.prepare(fmt::format("select digest, bytes from {} order by digest", table));
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return {};
        if (sha256(select.text(1)).hex() != select.text(0)) {
            return corrupt(database,
                           fmt::format("the bytes stored in {} under \"{}\" have another SHA-256",
                                       table, select.text(0)));
        }
    }
}

}  // namespace

Result<void> SqliteControl::verify_texts(const std::vector<std::string>& leaves) {
    Statement rows = database_.prepare(
        "select leaf_index, client_id, texts_digest, noted_at, run_id from definition_texts"
        " order by leaf_index");
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, rows.step());
        if (!has_row) return {};
        MESHLINE_ASSIGN(const Digest digest, rows.digest(2));
        const std::string leaf = encode_audit_leaf(DefinitionTexts{
            ClientId(rows.text(1)), digest, Instant{rows.integer(3)}, RunId(rows.text(4))});
        const auto index = static_cast<std::size_t>(rows.integer(0));
        if (index >= leaves.size() || leaves[index] != leaf) {
            return corrupt(database_,
                           fmt::format("the texts of the definitions of {} noted at {} are not what"
                                       " the audit tree holds",
                                       rows.text(1), Instant{rows.integer(3)}.text()));
        }
        MESHLINE_ASSIGN(const auto manifest, blob(digest));
        if (!manifest) {
            return corrupt(database_,
                           fmt::format("the bytes of digest \"{}\" are missing", digest.hex()));
        }
    }
}

Result<void> SqliteControl::verify() {
    MESHLINE_TRY(verify_digests(database_, "definitions"));
    MESHLINE_TRY(verify_digests(database_, "blobs"));
    MESHLINE_ASSIGN(const auto kept_rules, kept_zone_rules());
    for (const KeptZoneRules& kept : kept_rules) {
        MESHLINE_ASSIGN(const auto stored, definition(kept.rules));
        if (!stored || stored->kind != "zone") {
            return corrupt(database_,
                           fmt::format("the rules of zone \"{}\" that \"{}\" keeps are missing",
                                       kept.zone, kept.client.text()));
        }
    }

    MESHLINE_ASSIGN(const std::vector<std::string> leaves, audit_leaves());
    MerkleFrontier tree;
    for (const std::string& leaf : leaves)
        tree.append(merkle_leaf(leaf));
    Statement stored = database_.prepare("select size, root from audit_tree");
    MESHLINE_ASSIGN(const bool has_tree, stored.step());
    const std::uint64_t size = has_tree ? static_cast<std::uint64_t>(stored.integer(0)) : 0;
    if (size != leaves.size() || (has_tree && stored.text(1) != tree.root().hex())) {
        return corrupt(
            database_,
            fmt::format("the audit tree of {} leaves does not have the root that was recorded",
                        leaves.size()));
    }

    MESHLINE_TRY(verify_texts(leaves));

    Statement rows = database_.prepare(
        "select distinct client_id, metric from publications order by client_id, metric");
    Statement index = database_.prepare("select leaf_index from publications where sequence = ?");
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, rows.step());
        if (!has_row) return {};
        MESHLINE_ASSIGN(const auto history,
                        publication_history(ClientId(rows.text(0)), rows.text(1), std::nullopt));
        for (const Publication& publication : history) {
            index.reset();
            index.bind(publication.sequence);
            MESHLINE_TRY(index.step());
            const auto leaf = static_cast<std::size_t>(index.integer(0));
            if (leaf >= leaves.size() || leaves[leaf] != encode_audit_leaf(publication)) {
                return corrupt(
                    database_,
                    fmt::format(
                        "publication {} of {} for {} on {} is not what the audit tree holds",
                        publication.version, publication.metric, publication.client.text(),
                        publication_period_text(publication)));
            }
            for (const Digest& digest : {publication.result_digest, publication.definitions_digest,
                                         publication.checks_digest}) {
                MESHLINE_ASSIGN(const auto bytes, blob(digest));
                if (!bytes) {
                    return corrupt(database_, fmt::format("the bytes of digest \"{}\" are missing",
                                                          digest.hex()));
                }
            }
        }
    }
}

}  // namespace meshline
