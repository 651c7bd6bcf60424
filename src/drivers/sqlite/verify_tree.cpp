#include "drivers/sqlite/verify_tree.hpp"

#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "core/model/definition_texts.hpp"
#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/publication_row.hpp"

#include <fmt/format.h>

namespace meshline {

TreeVerifier::TreeVerifier(Database& database)
    : database_(database),
      // The last act by sequence is live, so that order is a part of what was published.
      publications_{database.prepare(fmt::format("select {}, leaf_index from publications"
                                                 " order by sequence",
                                                 publication_columns)),
                    publication_column_count},
      texts_{database.prepare("select leaf_index, client_id, texts_digest, noted_at, run_id"
                              " from definition_texts order by leaf_index"),
             0} {}

Result<void> TreeVerifier::Rows::next() {
    MESHLINE_ASSIGN(has_row, select.step());
    return {};
}

bool TreeVerifier::Rows::is_at(std::uint64_t index) const {
    return has_row && leaf() == static_cast<std::int64_t>(index);
}

Error TreeVerifier::corrupt(std::string message) const {
    return control_corrupt(database_.file(), std::move(message));
}

Result<void> TreeVerifier::walk() {
    MESHLINE_TRY(publications_.next());
    MESHLINE_TRY(texts_.next());
    Statement leaves =
        database_.prepare("select leaf_index, leaf from audit_leaves order by leaf_index");
    while (true) {
        MESHLINE_ASSIGN(const bool has_leaf, leaves.step());
        if (!has_leaf) break;
        const std::uint64_t index = tree_.size();
        if (static_cast<std::uint64_t>(leaves.integer(0)) != index)
            return corrupt(fmt::format("leaf {} of the audit tree is missing", index));
        const std::string leaf = leaves.text(1);
        if (publications_.is_at(index)) {
            MESHLINE_TRY(take_publication(leaf));
        } else if (texts_.is_at(index)) {
            MESHLINE_TRY(take_texts(leaf));
        } else {
            MESHLINE_TRY(take_act(leaf));
        }
        tree_.append(merkle_leaf(leaf));
    }
    for (const Rows* rows : {&publications_, &texts_}) {
        if (!rows->has_row) continue;
        return corrupt(fmt::format("what a row says to be leaf {} of the audit tree is not there",
                                   rows->leaf()));
    }
    return {};
}

Result<void> TreeVerifier::take_publication(std::string_view leaf) {
    MESHLINE_ASSIGN(const Publication row,
                    read_publication(publications_.select, database_.file()));
    if (encode_audit_leaf(row) != leaf) {
        return corrupt(
            fmt::format("publication {} of {} for {} on {} is not what the audit tree holds",
                        row.version, row.metric, row.client.text(), publication_period_text(row)));
    }
    commitments_.blobs.insert({row.result_digest, row.checks_digest});
    commitments_.manifests.insert(row.definitions_digest);
    commitments_.last_manifests.insert_or_assign(row.client.text(), row.definitions_digest);
    return publications_.next();
}

Result<void> TreeVerifier::take_texts(std::string_view leaf) {
    const Statement& row = texts_.select;
    MESHLINE_ASSIGN(const Digest digest, row.digest(2));
    const DefinitionTexts texts{ClientId(row.text(1)), digest, Instant{row.integer(3)},
                                RunId(row.text(4))};
    if (encode_audit_leaf(texts) != leaf) {
        return corrupt(
            fmt::format("the texts of the definitions of {} noted at {} are not what the audit tree"
                        " holds",
                        texts.client.text(), texts.noted_at.text()));
    }
    commitments_.manifests.insert(digest);
    return texts_.next();
}

/// An act that has no row of its own.
Result<void> TreeVerifier::take_act(std::string_view leaf) {
    const auto root = document_.parse(leaf);
    const auto text = [&](const char* name) {
        const auto value = root.ok() ? root->find(name) : std::nullopt;
        return value ? std::string(value->text()) : std::string();
    };
    if (!text("metric").empty()) {
        return corrupt(
            fmt::format("the publication of {} for {} on {} that leaf {} of the audit tree"
                        " holds is not there, or not in its place",
                        text("metric"), text("client"), text("period"), size()));
    }
    if (text("act").empty()) {
        return corrupt(fmt::format("what leaf {} of the audit tree holds is not there: {}", size(),
                                   shortened(leaf, 200)));
    }
    if (text("act") == "take_zone_rules")
        taken_[{text("client"), text("zone")}] = {text("kept"), text("taken")};
    return {};
}

std::vector<NamedDefinition> definitions_in_manifest(std::string_view manifest) {
    std::vector<NamedDefinition> named;
    for (const std::string_view line : split(manifest, '\n')) {
        const auto words = split(line, ' ');
        if (words.size() != 3) continue;
        if (const auto digest = digest_from_hex(words[2]); digest.ok())
            named.push_back({std::string(words[0]), std::string(words[1]), *digest});
    }
    return named;
}

}  // namespace meshline
