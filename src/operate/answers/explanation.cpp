#include "operate/answers/explanation.hpp"

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

/// Digest of the event behind each entry, read from the log itself. Entries come by position.
Result<void> add_payload_digests(EventLog& log, const ClientId& client,
                                 std::vector<ExplainedEntry>& entries) {
    // The log is read in blocks of many events, so those near each other are read on from where one
    // was found.
    constexpr Position near = 256;
    std::unique_ptr<EventCursor> cursor;
    Event event;
    Position known = 0;
    for (ExplainedEntry& entry : entries) {
        if (!cursor || entry.position - known > near) {
            MESHLINE_ASSIGN(cursor, log.read(client, entry.position, entries.back().position));
            known = entry.position - 1;
        }
        for (; known < entry.position; ++known) {
            MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
            if (!is_there) return missing_event(client, entry.position);
        }
        entry.payload_digest = event.payload_digest;
    }
    return {};
}

/// The facts behind a figure, as the warehouse has them.
class Facts {
  public:
    Facts(Warehouse& warehouse, const MetricDefinition& metric, const MetricQuery& query)
        : warehouse_(warehouse), metric_(metric), query_(query) {}

    Result<std::vector<ExplainedSum>> sums() {
        MESHLINE_ASSIGN(const Rows rows,
                        warehouse_.query(fmt::format(
                            "select entry_type, source, stream, currency, count(*)::bigint as"
                            " entries, sum(amount)::decimal(38, 6) as amount,"
                            " sum(coalesce(quantity, 0))::decimal(38, 6) as quantity from ({})"
                            " group by all order by all",
                            metric_entries_sql(metric_, query_, "e.*"))));
        std::vector<ExplainedSum> sums;
        for (std::size_t row = 0; row < rows.rows.size(); ++row) {
            ExplainedSum sum{.entry_type = std::string(rows.text(row, 0)),
                             .source = std::string(rows.text(row, 1)),
                             .stream = std::string(rows.text(row, 2)),
                             .currency = std::string(rows.text(row, 3)),
                             .entries = rows.integer(row, 4),
                             .amount = {},
                             .quantity = {}};
            MESHLINE_ASSIGN(sum.amount, WideDecimal::parse(rows.text(row, 5), Rounding::exact));
            MESHLINE_ASSIGN(sum.quantity, WideDecimal::parse(rows.text(row, 6), Rounding::exact));
            sums.push_back(std::move(sum));
        }
        return sums;
    }

    /// The first of them, without what only the log knows.
    Result<std::vector<ExplainedEntry>> entries() {
        MESHLINE_ASSIGN(
            const Rows rows,
            warehouse_.query(
                metric_entries_sql(
                    metric_, query_,
                    "e.position, e.source, e.stream, e.object_id, e.entry_type, e.line_no,"
                    " e.sign, e.business_on, e.amount, e.quantity, e.currency, e.order_ref") +
                fmt::format(" order by e.position, e.entry_type, e.line_no, e.sign limit {}",
                            explained_entries_max)));
        std::vector<ExplainedEntry> entries;
        for (std::size_t row = 0; row < rows.rows.size(); ++row) {
            ExplainedEntry entry{.position = static_cast<Position>(rows.integer(row, 0)),
                                 .payload_digest = {},
                                 .source = std::string(rows.text(row, 1)),
                                 .stream = std::string(rows.text(row, 2)),
                                 .object_id = std::string(rows.text(row, 3)),
                                 .entry_type = std::string(rows.text(row, 4)),
                                 .line_no = rows.integer(row, 5),
                                 .sign = rows.integer(row, 6),
                                 .business_on = std::string(rows.text(row, 7)),
                                 .amount = {},
                                 .quantity = {},
                                 .currency = std::string(rows.text(row, 10)),
                                 .order_ref = rows.rows[row][11]};
            MESHLINE_ASSIGN(entry.amount, WideDecimal::parse(rows.text(row, 8), Rounding::exact));
            if (rows.rows[row][9]) {
                MESHLINE_ASSIGN(entry.quantity,
                                WideDecimal::parse(rows.text(row, 9), Rounding::exact));
            }
            entries.push_back(std::move(entry));
        }
        return entries;
    }

    Result<std::vector<UsedTransform>> transforms() {
        MESHLINE_ASSIGN(const Rows rows,
                        warehouse_.query(
                            fmt::format("select distinct source, stream, transform_digest from ({})"
                                        " order by all",
                                        metric_entries_sql(metric_, query_, "e.*"))));
        std::vector<UsedTransform> used;
        for (std::size_t row = 0; row < rows.rows.size(); ++row) {
            used.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1)),
                            std::string(rows.text(row, 2))});
        }
        return used;
    }

  private:
    Warehouse& warehouse_;
    const MetricDefinition& metric_;
    const MetricQuery& query_;
};

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
    Facts facts(stores.warehouse, metric, query);
    MESHLINE_ASSIGN(found.sums, facts.sums());
    for (const ExplainedSum& sum : found.sums)
        found.entry_count += sum.entries;
    MESHLINE_ASSIGN(found.entries, facts.entries());
    MESHLINE_TRY(add_payload_digests(stores.log, client.id, found.entries));
    const Publication& live = found.publications.back().act;
    MESHLINE_TRY(add_definitions(control, live, found.definitions));
    MESHLINE_ASSIGN(const auto used, facts.transforms());
    MESHLINE_ASSIGN(found.owners,
                    explain_owners(control, stores.transforms, client, metric, live, used));
    return found;
}

}  // namespace meshline
