#include "core/model/live_acts.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <set>

namespace meshline {
namespace {

constexpr const char* publication_columns =
    "select sequence, client_id, metric, period, version, state, reason, log_position, log_root,"
    " definitions_digest, checks_digest, result_digest, published_at, run_id, grain, through"
    " from publications ";

Result<std::vector<Publication>> read_publications(Statement& select) {
    std::vector<Publication> publications;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return publications;
        Publication row;
        row.sequence = select.integer(0);
        row.client = ClientId(select.text(1));
        row.metric = select.text(2);
        row.period = BusinessDate{static_cast<std::int32_t>(select.integer(3))};
        row.version = static_cast<int>(select.integer(4));
        row.state = publication_state_of(select.text(5)).value_or(PublicationState::provisional);
        row.reason = select.text(6);
        row.log_position = static_cast<Position>(select.integer(7));
        MESHLINE_ASSIGN(row.log_root, select.digest(8));
        MESHLINE_ASSIGN(row.definitions_digest, select.digest(9));
        MESHLINE_ASSIGN(row.checks_digest, select.digest(10));
        MESHLINE_ASSIGN(row.result_digest, select.digest(11));
        row.published_at = Instant{select.integer(12)};
        row.run = RunId(select.text(13));
        row.grain = grain_of(select.text(14)).value_or(Grain::day);
        row.through = BusinessDate{static_cast<std::int32_t>(select.integer(15))};
        publications.push_back(std::move(row));
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
    return database_.transact([&]() -> Result<void> {
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
    });
}

Result<std::vector<Publication>> SqliteControl::live_publications(const ClientId& client,
                                                                  std::string_view metric) {
    // An act over the same days as a later one is hidden by it; the others may lie over each other.
    Statement select = database_.prepare(
        std::string(publication_columns) +
        "where sequence in (select max(sequence) from publications where client_id = ?1"
        " and (?2 = '' or metric = ?2) group by metric, grain, period, through)");
    select.bind(client.text()).bind(metric);
    MESHLINE_ASSIGN(auto acts, read_publications(select));
    return live_acts(std::move(acts));
}

Result<std::vector<Publication>> SqliteControl::publication_history(
    const ClientId& client, std::string_view metric, std::optional<BusinessDate> day) {
    Statement select =
        database_.prepare(std::string(publication_columns) +
                          "where client_id = ?1 and metric = ?2"
                          " and (?3 is null or (period <= ?3 and through >= ?3 and grain = 'day'))"
                          " order by sequence");
    select.bind(client.text()).bind(metric);
    day ? select.bind(day->days) : select.bind_null();
    return read_publications(select);
}

Result<std::optional<std::string>> SqliteControl::blob(const Digest& digest) {
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
    return bytes;
}

}  // namespace meshline
