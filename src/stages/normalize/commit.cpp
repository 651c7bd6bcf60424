#include "stages/normalize/commit.hpp"

#include "base/text/text.hpp"
#include "stages/normalize/claims.hpp"
#include "stages/normalize/identities.hpp"
#include "stages/normalize/rerun.hpp"

#include <fmt/format.h>
#include <map>
#include <set>

namespace meshline {
namespace {

using TextRow = std::vector<std::optional<std::string>>;

constexpr const char* derived_tables[] = {
    "entries",         "touchpoints",         "records",
    "revisions",       "supersessions",       "rejected_events",
    "event_counts",    "drift_counts",        "missing_columns",
    "customers",       "quarantined_entries", "credits",
    "match_results",   "match_totals",        "settled_pairs",
    "touched_days",    "not_standing",        "identity_claims",
    "event_identities"};

struct State {
    Position position = 0;
    std::string revision;
    BusinessDate business_on;
};

/// An object's identity within the client.
using ObjectKey = std::tuple<std::string, std::string, std::string>;

ObjectKey key_of(const Revised& revised) {
    return {revised.source, revised.stream, revised.object_id};
}

/// Objects that became known to the warehouse, but not to the log, by an event that had failed.
Result<std::set<ObjectKey>> once_failed(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select distinct source, stream, object_id from revisions"
                                         " where client_id = {} and was_failed",
                                         quote_literal(context.client.id.text()))));
    std::set<ObjectKey> objects;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        objects.emplace(std::string(rows.text(row, 0)), std::string(rows.text(row, 1)),
                        std::string(rows.text(row, 2)));
    }
    return objects;
}

/// The state before this batch of the objects that may have one.
Result<std::map<ObjectKey, State>> read_states(StageContext& context,
                                               const std::vector<Revised>& revised) {
    std::map<ObjectKey, State> states;
    if (revised.empty()) return states;
    MESHLINE_ASSIGN(const std::set<ObjectKey> failed, once_failed(context));
    std::set<std::string> objects;
    for (const Revised& one : revised) {
        if (one.may_replace || failed.contains(key_of(one))) objects.insert(one.object_id);
    }
    if (objects.empty()) return states;
    std::string list;
    for (const std::string& object : objects) {
        if (!list.empty()) list += ", ";
        list += quote_literal(object);
    }
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select source, stream, object_id, arg_max(position, revision), max(revision),"
            " arg_max(business_on, revision) from revisions r"
            " where client_id = {} and object_id in ({}) and not exists"
            "  (from not_standing n where n.client_id = r.client_id and n.position = r.position)"
            " group by all",
            quote_literal(context.client.id.text()), list)));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 5)));
        states[{std::string(rows.text(row, 0)), std::string(rows.text(row, 1)),
                std::string(rows.text(row, 2))}] = {static_cast<Position>(rows.integer(row, 3)),
                                                    std::string(rows.text(row, 4)), day};
    }
    return states;
}

struct Supersession {
    Position position = 0;
    Position by_position = 0;
    DayKey day;  ///< On which it counted, and when it ceased to.
};

/// The greatest revision is the state, whatever the order of arrival. An older one that comes late
/// is superseded at once, by itself: its facts and their negation stand at its own position.
std::vector<Supersession> settle(const std::vector<Revised>& revised,
                                 std::map<ObjectKey, State> states) {
    std::map<Position, const Revised*> in_order;
    for (const Revised& one : revised)
        in_order[one.position] = &one;
    std::vector<Supersession> supersessions;
    for (const auto& [position, one] : in_order) {
        const auto [found, is_first] =
            states.try_emplace(key_of(*one), State{position, one->revision, one->business_on});
        if (is_first) continue;
        State& state = found->second;
        State lesser{position, one->revision, one->business_on};
        if (one->revision > state.revision) std::swap(state, lesser);
        supersessions.push_back(
            {lesser.position,
             position,
             {one->source, one->stream, lesser.business_on, one->received_at, one->capture}});
    }
    return supersessions;
}

std::string timestamp_text(Instant instant) {
    std::string text = instant.text();
    text[10] = ' ';
    text.pop_back();
    return text;
}

/// What the batch tells of days, and takes back: an object counts on the day of its state alone.
void take_off(std::map<DayKey, DayCount>& days, const std::vector<Supersession>& superseded) {
    for (const Supersession& one : superseded)
        --days[one.day].events;
}

/// Events that came with an identity which another one had before.
std::vector<Claimant> conflicts_of(const NormalizedBatch& batch) {
    std::vector<Claimant> conflicts;
    for (const Rejected& one : batch.rejected) {
        if (one.kind == "conflict")
            conflicts.push_back({one.position, one.source, one.stream, one.event_id});
    }
    return conflicts;
}

/// Where everything that had an identity was taken back, the first that comes with it again has it:
/// what was a conflict becomes facts.
Result<void> settle_heirs(StageContext& context, const CaptureHistory& captures,
                          NormalizedBatch& batch) {
    std::vector<Claimant> claimants = conflicts_of(batch);
    MESHLINE_ASSIGN(const std::set<Position> heirs, heirs_of(context, claimants));
    if (heirs.empty()) return {};
    PositionSet positions;
    for (const Position position : heirs)
        positions.add(position);
    std::erase_if(batch.rejected, [&](const Rejected& one) {
        return one.kind == "conflict" && heirs.contains(one.position);
    });
    MESHLINE_ASSIGN(NormalizedBatch became, rerun(context, captures, positions));
    const Position last = batch.last;
    batch.absorb(std::move(became));
    batch.last = last;
    std::erase_if(claimants, [&](const Claimant& one) { return !heirs.contains(one.position); });
    return note_claims(context, claimants);
}

Result<void> write_rows(StageContext& context, const NormalizedBatch& batch) {
    const std::string& client = context.client.id.text();
    std::vector<TextRow> rows;
    for (const Rejected& one : batch.rejected) {
        TextRow& row = rows.emplace_back();
        row = {client,        std::to_string(one.position),
               one.source,    one.stream,
               one.kind,      one.event_id,
               one.object_id, one.code,
               one.message,   one.place};
        row.push_back(one.at_risk ? std::optional(one.at_risk->amount.text()) : std::nullopt);
        row.push_back(one.at_risk ? std::optional<std::string>(one.at_risk->currency.code())
                                  : std::nullopt);
        row.push_back(one.business_on ? std::optional(one.business_on->text()) : std::nullopt);
        row.push_back(timestamp_text(one.received_at));
        row.push_back(one.record_id);
        row.push_back(one.revision);
        row.push_back(one.named_days);
        row.push_back(one.has_unread_day ? "true" : "false");
    }
    if (!rows.empty()) MESHLINE_TRY(context.warehouse.append("rejected_events", rows));
    rows.clear();
    for (const Revised& one : batch.revised) {
        rows.push_back({client, one.source, one.stream, one.object_id, std::to_string(one.position),
                        one.revision, one.business_on.text(), one.was_failed ? "true" : "false"});
    }
    if (!rows.empty()) MESHLINE_TRY(context.warehouse.append("revisions", rows));
    rows.clear();
    for (const auto& [key, count] : batch.days) {
        rows.push_back({client, std::to_string(batch.last), key.source, key.stream,
                        key.business_on.text(), std::to_string(count.events),
                        std::to_string(count.records), timestamp_text(key.received_at),
                        std::to_string(key.capture)});
    }
    if (!rows.empty()) MESHLINE_TRY(context.warehouse.append("event_counts", rows));
    rows.clear();
    for (const auto& [key, drift] : batch.drift) {
        rows.push_back({client, std::to_string(drift.position), key.source, key.stream, key.kind,
                        key.place, drift.found, key.received_on.text(),
                        std::to_string(drift.event_count), drift.object_id,
                        timestamp_text(drift.received_at)});
    }
    if (!rows.empty()) MESHLINE_TRY(context.warehouse.append("drift_counts", rows));
    rows.clear();
    for (const LackedColumn& one : batch.lacked) {
        rows.push_back({client, std::to_string(one.position), one.source, one.stream, one.column,
                        one.object_id, one.business_on.text(), timestamp_text(one.received_at)});
    }
    if (!rows.empty()) MESHLINE_TRY(context.warehouse.append("missing_columns", rows));
    return {};
}

/// Negates the entries of what was superseded, at the position of what superseded it.
Result<void> write_reversals(StageContext& context, const std::vector<Supersession>& superseded) {
    if (superseded.empty()) return {};
    const std::string& client = context.client.id.text();
    std::vector<TextRow> rows;
    std::string pairs;
    Position first = superseded.front().position;
    for (const Supersession& one : superseded) {
        rows.push_back({client, std::to_string(one.position), std::to_string(one.by_position)});
        if (!pairs.empty()) pairs += ", ";
        pairs += fmt::format("({}, {})", one.position, one.by_position);
        first = std::min(first, one.position);
    }
    MESHLINE_TRY(context.warehouse.append("supersessions", rows));
    // One row of `superseded` per position, so the join multiplies nothing. The bound on the
    // position lets the scan skip what is older.
    return context.warehouse.execute(fmt::format(
        "insert into entries"
        " select e.* replace (s.by_position as position, -1 as sign, -e.amount as amount,"
        " -e.quantity as quantity)"
        " from entries e join (values {}) s(position, by_position)"
        " on e.position = s.position::ubigint"
        " where e.client_id = {} and e.sign = 1 and e.position >= {}",
        pairs, quote_literal(client), first));
}

}  // namespace

Result<void> write_batch(StageContext& context, const NormalizedBatch& batch) {
    for (const auto& rows : batch.rows)
        MESHLINE_TRY(context.warehouse.load(*rows));
    return write_rows(context, batch);
}

Result<void> commit_batch(StageContext& context, const CaptureHistory& captures,
                          NormalizedBatch batch, const Digest& definitions) {
    const std::string client = quote_literal(context.client.id.text());
    MESHLINE_ASSIGN(auto states, read_states(context, batch.revised));
    const std::vector<Supersession> superseded = settle(batch.revised, std::move(states));
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(note_identities(context.warehouse, context.log, context.client.id,
                                     {batch.identities, batch.last, captures.fallen()}));
        MESHLINE_ASSIGN(const bool has_vacancies, has_fallen(context));
        if (has_vacancies) MESHLINE_TRY(settle_heirs(context, captures, batch));
        take_off(batch.days, superseded);
        MESHLINE_TRY(write_batch(context, batch));
        MESHLINE_TRY(note_claims(context, conflicts_of(batch)));
        MESHLINE_TRY(write_reversals(context, superseded));
        MESHLINE_TRY(context.warehouse.execute(fmt::format(
            "delete from watermarks where client_id = {} and stage = 'normalize'", client)));
        return context.warehouse.execute(
            fmt::format("insert into watermarks values ({}, 'normalize', {}, {})", client,
                        batch.last, quote_literal(definitions.hex())));
    });
}

Result<void> forget_client(StageContext& context) {
    return context.warehouse.transact([&]() -> Result<void> {
        for (const char* table : derived_tables) {
            MESHLINE_TRY(
                context.warehouse.execute(fmt::format("delete from {} where client_id = {}", table,
                                                      quote_literal(context.client.id.text()))));
        }
        // How far sums and publications had come stays: publish holds what the new facts give
        // against them.
        return context.warehouse.execute(fmt::format(
            "delete from watermarks where client_id = {} and stage not like 'figure_sums %'"
            " and stage not like 'publish %'",
            quote_literal(context.client.id.text())));
    });
}

Result<Watermark> read_watermark(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select position, definitions_digest from watermarks"
                                         " where client_id = {} and stage = 'normalize'",
                                         quote_literal(context.client.id.text()))));
    if (rows.is_empty()) return Watermark{};
    return Watermark{static_cast<Position>(rows.integer(0, 0)), std::string(rows.text(0, 1))};
}

}  // namespace meshline
