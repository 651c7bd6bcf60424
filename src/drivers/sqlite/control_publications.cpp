#include "core/model/live_acts.hpp"
#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/publication_row.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

Result<std::vector<Publication>> read_publications(Statement& select, const std::string& file) {
    std::vector<Publication> publications;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return publications;
        MESHLINE_ASSIGN(publications.emplace_back(), read_publication(select, file));
    }
}

}  // namespace

Result<void> SqliteControl::save_blob(std::string_view bytes, const Digest& digest) {
    Statement insert = database_.prepare(
        "insert into blobs (digest, bytes) values (?, ?) on conflict (digest) do nothing");
    insert.bind(digest).bind_blob(bytes);
    return insert.run();
}

Result<void> SqliteControl::publish(const std::vector<NewPublication>& publications) {
    MESHLINE_TRY(database_.transact([&]() -> Result<void> {
        std::vector<std::string> leaves;
        leaves.reserve(publications.size());
        std::set<Digest> shared;
        for (const NewPublication& added : publications) {
            const Publication& row = added.publication;
            leaves.push_back(encode_audit_leaf(row));
            if (added.figures) MESHLINE_TRY(save_blob(*added.figures, row.result_digest));
            if (added.definitions && shared.insert(row.definitions_digest).second) {
                MESHLINE_TRY(save_blob(*added.definitions, row.definitions_digest));
            }
            if (shared.insert(row.checks_digest).second) {
                MESHLINE_TRY(save_blob(added.checks, row.checks_digest));
            }
        }
        MESHLINE_ASSIGN(std::uint64_t leaf_index, add_leaves(leaves));
        Statement insert = database_.prepare(
            "insert into publications (client_id, metric, period, version, state, reason,"
            " log_position, log_root, definitions_digest, checks_digest, result_digest,"
            " published_at, run_id, leaf_index, grain, through)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (const NewPublication& added : publications) {
            const Publication& row = added.publication;
            insert.reset();
            insert.bind(row.client.text()).bind(row.metric).bind(row.period.days);
            insert.bind(row.version).bind(name_of(row.state)).bind(row.reason);
            insert.bind(row.log_position).bind(row.log_root).bind(row.definitions_digest);
            insert.bind(row.checks_digest).bind(row.result_digest).bind(row.published_at.micros);
            insert.bind(row.run.text()).bind(leaf_index++);
            insert.bind(name_of(row.grain)).bind(row.through.days);
            MESHLINE_TRY(insert.run());
        }
        return {};
    }));
    return write_head();
}

Result<std::vector<Publication>> SqliteControl::live_publications(const ClientId& client,
                                                                  std::string_view metric) {
    // An act over the same days as a later one is hidden by it; the others may lie over each other.
    Statement select = database_.prepare(fmt::format(
        "select {} from publications"
        " where sequence in (select max(sequence) from publications where client_id = ?1"
        " and (?2 = '' or metric = ?2) group by metric, grain, period, through)",
        publication_columns));
    select.bind(client.text()).bind(metric);
    MESHLINE_ASSIGN(auto acts, read_publications(select, database_.file()));
    return live_acts(std::move(acts));
}

Result<std::vector<Publication>> SqliteControl::publication_history(
    const ClientId& client, std::string_view metric, std::optional<BusinessDate> day) {
    Statement select = database_.prepare(
        fmt::format("select {} from publications where client_id = ?1 and metric = ?2"
                    " and (?3 is null or (period <= ?3 and through >= ?3 and grain = 'day'))"
                    " order by sequence",
                    publication_columns));
    select.bind(client.text()).bind(metric);
    day ? select.bind(day->days) : select.bind_null();
    return read_publications(select, database_.file());
}

Result<std::vector<ClientId>> SqliteControl::published_clients() {
    Statement select =
        database_.prepare("select distinct client_id from publications order by client_id");
    std::vector<ClientId> clients;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return clients;
        clients.emplace_back(select.text(0));
    }
}

Result<std::vector<ControlStore::PublishedPrefix>> SqliteControl::published_prefixes(
    const ClientId& client) {
    Statement select = database_.prepare(fmt::format(
        "select {}, prefix_count from publications join (select min(sequence) as first_sequence,"
        " count(*) as prefix_count from publications where client_id = ?1"
        " group by log_position, log_root) on first_sequence = sequence order by sequence",
        publication_columns));
    select.bind(client.text());
    std::vector<PublishedPrefix> prefixes;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return prefixes;
        MESHLINE_ASSIGN(Publication first, read_publication(select, database_.file()));
        prefixes.push_back({std::move(first), select.integer(publication_column_count)});
    }
}

Result<std::string> SqliteControl::blob(const Digest& digest) {
    MESHLINE_ASSIGN(auto bytes, find_blob(digest));
    if (!bytes) return missing_bytes(database_.file(), digest);
    return std::move(*bytes);
}

Result<std::optional<std::string>> SqliteControl::find_blob(const Digest& digest) {
    // Thousands of figures are asked for in a run; preparing costs as much as reading one.
    if (!select_blob_) {
        select_blob_.emplace(database_.prepare("select bytes from blobs where digest = ?"));
    }
    select_blob_->reset();
    select_blob_->bind(digest);
    MESHLINE_ASSIGN(const bool has_row, select_blob_->step());
    std::optional<std::string> bytes;
    if (has_row) bytes = select_blob_->text(0);
    // A statement that stands on a row would hold a read transaction open.
    select_blob_->reset();
    if (bytes) MESHLINE_TRY(check_digest(database_.file(), *bytes, digest));
    return bytes;
}

}  // namespace meshline
