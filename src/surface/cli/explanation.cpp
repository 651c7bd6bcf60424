#include "surface/cli/explanation.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"

#include <fmt/format.h>
#include <map>
#include <span>

namespace meshline {
namespace {

Error missing_event(const ClientId& client, Position position) {
    return Error{.kind = ErrorKind::corrupt,
                 .code = "log.no_such_position",
                 .message = fmt::format("the log of \"{}\" has no position {}, from which entries"
                                        " come",
                                        client.text(), position),
                 .hint = "Restore the log folder of this client from a copy."};
}

/// Digest of the event behind each row, read from the log itself. Rows come by position.
Result<void> add_payload_digests(EventLog& log, const ClientId& client, Rows& entries) {
    // The log is read in blocks of many events, so those near each other are read on from where one
    // was found.
    constexpr Position near = 256;
    std::unique_ptr<EventCursor> cursor;
    Event event;
    Position known = 0;
    for (auto& row : entries.rows) {
        const Position position = std::stoull(*row[0]);
        if (!cursor || position - known > near) {
            MESHLINE_ASSIGN(cursor,
                            log.read(client, position, std::stoull(*entries.rows.back()[0])));
            known = position - 1;
        }
        for (; known < position; ++known) {
            MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
            if (!is_there) return missing_event(client, position);
        }
        row.insert(row.begin() + 1, event.payload_digest.hex());
    }
    entries.columns.insert(entries.columns.begin() + 1, "payload_digest");
    return {};
}

Result<void> add_definitions(ControlStore& control, const Publication& live,
                             std::vector<StoredDefinition>& definitions) {
    MESHLINE_ASSIGN(const auto manifest, control.blob(live.definitions_digest));
    for (const std::string_view line : split(manifest, '\n')) {
        const auto words = split(line, ' ');
        if (words.size() != 3) continue;
        MESHLINE_ASSIGN(const Digest digest, digest_from_hex(words[2]));
        definitions.push_back({digest, std::string(words[0]), std::string(words[1]), {}});
    }
    return {};
}

/// What each act made of the total in the currency of the report.
Result<void> add_values(ControlStore& control, Explanation& found) {
    // Acts that change the state alone have the figures of the one before.
    std::map<Digest, std::optional<WideDecimal>> known;
    for (ExplainedAct& one : found.publications) {
        // Version 0 has no figure; a later one without any came to nothing.
        if (one.act.version == 0) continue;
        const auto [value, is_new] = known.try_emplace(one.act.result_digest);
        if (is_new) {
            MESHLINE_ASSIGN(const std::string bytes, control.blob(one.act.result_digest));
            MESHLINE_ASSIGN(value->second, total_of_figures(bytes, found.report.currency));
        }
        one.value = value->second.value_or(WideDecimal());
    }
    return {};
}

Error nothing_to_explain(const MetricReport& all, const Period& period) {
    return Error{.kind = ErrorKind::not_found,
                 .code = "explain.nothing",
                 .message = fmt::format("nothing is published of {} for {} from {} to {}",
                                        all.metric->head.name, all.client->id.text(),
                                        period.from.text(), period.to.text()),
                 .hint = why_nothing(*all.client, std::span(&all, 1))};
}

}  // namespace

Result<Explanation> explain(const RunStores& stores, const ClientDefinition& client,
                            const MetricDefinition& metric, const Period& period) {
    ControlStore& control = stores.control;
    Warehouse& warehouse = stores.warehouse;
    Explanation found;
    found.client = &client;
    found.metric = &metric;
    found.period = period;
    MESHLINE_ASSIGN(const auto history,
                    control.publication_history(client.id, metric.head.name, {}));
    MetricQuery query;
    query.client = client.id;
    for (const Publication& act : history) {
        const BusinessDate from = std::max(act.period, period.from);
        const BusinessDate to = std::min(act.through, period.to);
        const bool is_of_period = act.grain == Grain::day
                                      ? from <= to
                                      : act.period == period.from && act.through == period.to;
        if (!is_of_period) continue;
        found.publications.push_back({act, std::nullopt});
        for (BusinessDate day = from; day <= to; ++day.days)
            query.days.insert(day);
        query.upto = std::max(query.upto, act.log_position);
    }
    if (found.publications.empty()) {
        MESHLINE_ASSIGN(const MetricReport all,
                        read_report(control, stores.log, client, metric, {}));
        return nothing_to_explain(all, period);
    }
    MESHLINE_ASSIGN(found.report, read_report(control, stores.log, client, metric,
                                              {.by = std::string(name_of(period.grain)),
                                               .from = period.from,
                                               .to = period.to,
                                               .currency = {}}));
    MESHLINE_CHECK(found.report.figures.size() == 1);
    MESHLINE_TRY(add_values(control, found));
    MESHLINE_ASSIGN(found.sums,
                    warehouse.query(fmt::format(
                        "select entry_type, source, stream, currency, count(*)::bigint as entries,"
                        " sum(amount)::decimal(38, 6) as amount,"
                        " sum(coalesce(quantity, 0))::decimal(38, 6) as quantity from ({})"
                        " group by all order by all",
                        metric_entries_sql(metric, query, "e.*"))));
    for (std::size_t row = 0; row < found.sums.rows.size(); ++row) {
        found.entry_count += found.sums.integer(row, 4);
    }
    MESHLINE_ASSIGN(
        found.entries,
        warehouse.query(
            metric_entries_sql(
                metric, query,
                "e.position, e.source, e.stream, e.object_id, e.entry_type, e.line_no,"
                " e.sign, e.business_on, e.amount, e.quantity, e.currency, e.order_ref") +
            fmt::format(" order by e.position, e.entry_type, e.line_no, e.sign limit {}",
                        explained_entries_max)));
    MESHLINE_TRY(add_payload_digests(stores.log, client.id, found.entries));
    const Publication& live = found.publications.back().act;
    MESHLINE_TRY(add_definitions(control, live, found.definitions));
    MESHLINE_ASSIGN(
        const Rows made_by,
        warehouse.query(fmt::format("select distinct source, stream, transform_digest from ({})"
                                    " order by all",
                                    metric_entries_sql(metric, query, "e.*"))));
    MESHLINE_ASSIGN(found.owners,
                    explain_owners(control, stores.transforms, client, metric, live, made_by));
    return found;
}

}  // namespace meshline
