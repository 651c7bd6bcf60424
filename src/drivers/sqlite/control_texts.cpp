#include "drivers/sqlite/sqlite_control.hpp"

#include <limits>

namespace meshline {
namespace {

Result<DefinitionTexts> read_texts(const Statement& row) {
    DefinitionTexts texts;
    texts.client = ClientId(row.text(0));
    MESHLINE_ASSIGN(texts.digest, row.digest(1));
    texts.noted_at = Instant{row.integer(2)};
    texts.run = RunId(row.text(3));
    return texts;
}

}  // namespace

Result<std::optional<DefinitionTexts>> SqliteControl::latest_texts(const ClientId& client,
                                                                   std::int64_t leaf_before) {
    Statement select = database_.prepare(
        "select client_id, texts_digest, noted_at, run_id from definition_texts"
        " where client_id = ? and leaf_index < ? order by leaf_index desc limit 1");
    select.bind(client.text()).bind(leaf_before);
    MESHLINE_ASSIGN(const bool has_row, select.step());
    if (!has_row) return std::optional<DefinitionTexts>();
    MESHLINE_ASSIGN(DefinitionTexts texts, read_texts(select));
    return std::optional(std::move(texts));
}

Result<void> SqliteControl::note_texts(const DefinitionTexts& texts, std::string_view manifest,
                                       const std::vector<StoredDefinition>& definitions) {
    MESHLINE_TRY(database_.transact([&]() -> Result<void> {
        MESHLINE_ASSIGN(const auto last,
                        latest_texts(texts.client, std::numeric_limits<std::int64_t>::max()));
        if (last && last->digest == texts.digest) return {};
        MESHLINE_TRY(insert_definitions(definitions));
        MESHLINE_TRY(save_blob(manifest, texts.digest));
        MESHLINE_ASSIGN(const std::uint64_t leaf, add_leaves({encode_audit_leaf(texts)}));
        Statement insert = database_.prepare(
            "insert into definition_texts (leaf_index, client_id, texts_digest, noted_at, run_id)"
            " values (?, ?, ?, ?, ?)");
        insert.bind(leaf).bind(texts.client.text()).bind(texts.digest);
        insert.bind(texts.noted_at.micros).bind(texts.run.text());
        return insert.run();
    }));
    return write_head();
}

Result<std::optional<DefinitionTexts>> SqliteControl::texts_behind(const Publication& publication) {
    Statement leaf = database_.prepare("select leaf_index from publications where sequence = ?");
    leaf.bind(publication.sequence);
    MESHLINE_ASSIGN(const bool has_row, leaf.step());
    if (!has_row) return std::optional<DefinitionTexts>();
    return latest_texts(publication.client, leaf.integer(0));
}

}  // namespace meshline
