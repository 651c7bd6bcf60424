#include "core/metrics/metric_sql.hpp"

#include "base/text/text.hpp"
#include "core/relations/relations.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Credits give channel and campaign where the metric names a model.
bool is_credited(const MetricDefinition& metric, const std::string& dimension) {
    return !metric.attribution.empty() && (dimension == "channel" || dimension == "campaign");
}

std::string member_sql(const MetricDefinition& metric, const std::string& dimension) {
    const std::string column =
        is_credited(metric, dimension) ? "c." + dimension : entry_column_sql(dimension);
    return fmt::format("coalesce(nullif({}, ''), 'unknown')", column);
}

/// The value of one entry. A credit's share of 1 keeps it exact; smaller shares are cut by the
/// credits' own split, which sums to the whole.
std::string value_sql(const MetricDefinition& metric) {
    const char* value =
        metric.aggregate == Aggregate::sum_quantity ? "coalesce(e.quantity, 0)" : "e.amount";
    if (metric.attribution.empty()) return value;
    return fmt::format("cast({} * coalesce(c.share, 1) as decimal(38, 6))", value);
}

/// The metric's entries with what figures are grouped by: business_on, currency, sign, position,
/// the value or the thing counted, member_* for each dimension.
std::string facts_sql(const MetricDefinition& metric, const MetricQuery& query) {
    const bool is_money = metric.aggregate == Aggregate::sum_amount;
    std::string columns = fmt::format("e.business_on, {} as currency, e.sign, e.position",
                                      is_money ? "e.currency" : "''");
    if (metric.aggregate == Aggregate::count_distinct) {
        columns += fmt::format(", {} as counted", entry_column_sql(metric.count_column));
    } else {
        columns += fmt::format(", {} as value", value_sql(metric));
    }
    if (query.has_dimensions) {
        for (const std::string& dimension : metric.dimensions) {
            columns += fmt::format(", {} as member_{}", member_sql(metric, dimension), dimension);
        }
    }
    return metric_entries_sql(metric, query, columns);
}

/// What one pass over the facts is grouped by: the total and each dimension's members. `also` is a
/// further column of every group.
struct Grouping {
    std::string columns;  ///< business_on, currency, dimension, member
    std::string sets;
};

Grouping grouping_of(const MetricDefinition& metric, const MetricQuery& query,
                     const std::string& also) {
    const std::string base = "business_on, currency" + also;
    Grouping grouping{"", "(" + base + ")"};
    std::string dimension;
    std::string member;
    if (query.has_dimensions) {
        for (const std::string& name : metric.dimensions) {
            grouping.sets += fmt::format(", ({}, member_{})", base, name);
            dimension += fmt::format(" when grouping(member_{0}) = 0 then '{0}'", name);
            member += fmt::format(" when grouping(member_{0}) = 0 then member_{0}", name);
        }
    }
    grouping.columns = dimension.empty()
                           ? "business_on, currency, '' as dimension, '' as member"
                           : fmt::format(
                                 "business_on, currency, case{} else '' end as dimension,"
                                 " case{} else '' end as member",
                                 dimension, member);
    return grouping;
}

}  // namespace

std::string figure_sums_sql(const MetricDefinition& metric, const MetricQuery& query) {
    if (metric.aggregate != Aggregate::count_distinct) {
        const Grouping grouping = grouping_of(metric, query, "");
        return fmt::format(
            "select {}, {}sum(cast(value as decimal(38, 6))) as amount, sum(sign) as live_count"
            " from ({}) group by grouping sets ({})",
            grouping.columns, metric.is_negated ? "-" : "", facts_sql(metric, query),
            grouping.sets);
    }
    // A distinct thing counts on a day as long as one entry of it stands there. Beyond `since` it
    // changes the count where it comes to stand or ceases to, and only what the late entries name
    // can do either: the earlier entries of these things are looked up, no others.
    std::string facts = facts_sql(metric, query);
    if (query.since > 0) {
        MetricQuery earlier = query;
        earlier.since = 0;
        earlier.entries = "entries";
        facts = fmt::format(
            "select f.* from ({}) f semi join ({}) late"
            " on late.business_on = f.business_on and late.counted = f.counted",
            facts_sql(metric, earlier), facts);
    }
    const Grouping grouping = grouping_of(metric, query, ", counted");
    return fmt::format(
        "select business_on, currency, dimension, member,"
        " cast(sum(change) as decimal(38, 6)) as amount, sum(change) as live_count from"
        " (select {}, cast(sum(sign) > 0 as integer)"
        "   - cast(coalesce(sum(sign) filter (position <= {}), 0) > 0 as integer) as change"
        "  from ({}) where counted is not null group by grouping sets ({}))"
        " group by 1, 2, 3, 4 having sum(change) <> 0",
        grouping.columns, query.since, facts, grouping.sets);
}

namespace {

std::string figures_of_sums_sql(const std::string& sums) {
    return fmt::format(
        "select business_on, currency, dimension, member, sum(amount)::decimal(38, 6) as amount"
        " from ({}) group by 1, 2, 3, 4 having sum(live_count) <> 0",
        sums);
}

}  // namespace

std::string literal_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) {
        if (!list.empty()) list += ", ";
        list += quote_literal(text);
    }
    return list;
}

std::string date_list(const std::set<BusinessDate>& days) {
    std::string list;
    for (const BusinessDate day : days) {
        if (!list.empty()) list += ", ";
        list += fmt::format("date '{}'", day.text());
    }
    return list;
}

std::string metric_entries_sql(const MetricDefinition& metric, const MetricQuery& query,
                               const std::string& columns) {
    // Credits of a model are one row per order with shares that sum to 1. What a check keeps out is
    // an entry, never the reversal that its revision brought at the same place; quarantined_entries
    // has one row per entry and check, so it is only ever asked whether there is one.
    std::string sql = fmt::format("select {} from {} e", columns, query.entries);
    if (!metric.attribution.empty()) {
        sql += fmt::format(
            " left join credits c on c.client_id = e.client_id and c.model = {}"
            " and c.order_ref = e.order_ref",
            quote_literal(metric.attribution));
    }
    sql += fmt::format(
        " where e.client_id = {} and e.book = {} and e.entry_type in ({}) and e.position <= {}",
        quote_literal(query.client.text()), quote_literal(name_of(metric.book)),
        literal_list(metric.entries), query.upto);
    if (query.since > 0) sql += fmt::format(" and e.position > {}", query.since);
    if (!query.days.empty()) {
        sql += fmt::format(" and e.business_on in ({})", date_list(query.days));
    }
    sql +=
        " and not exists (from (select *, 1 as sign from quarantined_entries) q"
        " where q.client_id = e.client_id and q.position = e.position and q.sign = e.sign"
        " and q.entry_type = e.entry_type and q.line_no = e.line_no)";
    return sql;
}

Result<FiguresByDay> read_figures(Warehouse& warehouse, const std::string& sums) {
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(figures_of_sums_sql(sums)));
    FiguresByDay figures;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        MESHLINE_ASSIGN(const Decimal amount, Decimal::parse(rows.text(row, 4), Rounding::exact));
        figures[day].push_back({std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
                                std::string(rows.text(row, 3)), amount});
    }
    return figures;
}

Result<FiguresByDay> compute_figures(Warehouse& warehouse, const MetricDefinition& metric,
                                     const MetricQuery& query) {
    return read_figures(warehouse, figure_sums_sql(metric, query));
}

}  // namespace meshline
