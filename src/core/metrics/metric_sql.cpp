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

/// The value of one entry; under a model, of one of its credits. A share of less than 1 has more
/// digits than a figure: what an order's credits come to until and with this one, rounded half away
/// from zero, less what they came to before it, rounded so too. So the parts of an entry sum to it
/// exactly, and those of its reversal to the negation.
std::string value_sql(const MetricDefinition& metric) {
    const char* value =
        metric.aggregate == Aggregate::sum_quantity ? "coalesce(e.quantity, 0)" : "e.amount";
    if (metric.attribution.empty()) return value;
    // A product of two DECIMAL(18,6) overflows at 1,000,000, so one of them is widened.
    return fmt::format(
        "case when coalesce(c.share, 1) = 1 then {0}"
        " else cast(cast({0} as decimal(38, 6)) * (c.share_before + c.share) as decimal(38, 6))"
        " - cast(cast({0} as decimal(38, 6)) * c.share_before as decimal(38, 6)) end",
        value);
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

/// The facts of a distinct count. A distinct thing counts in a period as long as one entry of it
/// stands there. Beyond `since` it changes the count where it comes to stand or ceases to, and only
/// what the late entries name can do either: the earlier entries of these things are looked up, no
/// others. `same` says which facts `f` a late fact `late` concerns.
std::string counted_facts_sql(const MetricDefinition& metric, const MetricQuery& query,
                              std::string_view same) {
    const std::string facts = facts_sql(metric, query);
    if (query.since == 0) return facts;
    MetricQuery earlier = query;
    earlier.since = 0;
    earlier.entries = "entries";
    return fmt::format("select f.* from ({}) f semi join ({}) late on {}",
                       facts_sql(metric, earlier), facts, same);
}

/// The longer periods as grouping columns, and where each begins.
struct PeriodColumn {
    Grain grain;
    const char* column;
    const char* start;
};
constexpr PeriodColumn period_columns[] = {
    {Grain::week, "week_on", "cast(date_trunc('week', business_on) as date)"},
    {Grain::month, "month_on", "cast(date_trunc('month', business_on) as date)"},
    {Grain::quarter, "quarter_on", "cast(date_trunc('quarter', business_on) as date)"},
    {Grain::year, "year_on", "cast(date_trunc('year', business_on) as date)"},
    {Grain::all, "always_on", "date '1970-01-01'"}};

}  // namespace

bool adds_up(const MetricDefinition& metric) {
    return metric.aggregate != Aggregate::count_distinct;
}

std::string period_sums_sql(const MetricDefinition& metric, const MetricQuery& query) {
    MetricQuery of_all_days = query;
    of_all_days.days.clear();
    std::string starts;
    std::string grain;
    std::string starts_on;
    std::string sets;
    std::string members;
    std::string dimension;
    std::string member;
    for (const std::string& name :
         query.has_dimensions ? metric.dimensions : std::vector<std::string>()) {
        members += fmt::format(", member_{}", name);
        dimension += fmt::format(" when grouping(member_{0}) = 0 then '{0}'", name);
        member += fmt::format(" when grouping(member_{0}) = 0 then member_{0}", name);
    }
    for (const PeriodColumn& period : period_columns) {
        starts += fmt::format(", {} as {}", period.start, period.column);
        grain +=
            fmt::format(" when grouping({}) = 0 then '{}'", period.column, name_of(period.grain));
        starts_on += fmt::format(" when grouping({0}) = 0 then {0}", period.column);
        sets += fmt::format("{}({}, counted)", sets.empty() ? "" : ", ", period.column);
        for (const std::string& name :
             query.has_dimensions ? metric.dimensions : std::vector<std::string>())
            sets += fmt::format(", ({}, counted, member_{})", period.column, name);
    }
    const auto or_total = [](const std::string& cases) {
        return cases.empty() ? std::string("''") : fmt::format("case{} else '' end", cases);
    };
    // Things are brought together by day first: a period has far fewer of them than entries.
    return fmt::format(
        "select grain, starts_on, '' as currency, dimension, member,"
        " cast(sum(change) as decimal(38, 6)) as amount, sum(change) as live_count from"
        " (select case{} end as grain, case{} end as starts_on, {} as dimension, {} as member,"
        "   cast(sum(standing) > 0 as integer) - cast(sum(stood) > 0 as integer) as change"
        "  from (select *{} from (select business_on, counted{}, sum(sign) as standing,"
        "    coalesce(sum(sign) filter (position <= {}), 0) as stood from ({})"
        "    where counted is not null group by all))"
        "  group by grouping sets ({}))"
        " group by 1, 2, 3, 4, 5 having sum(change) <> 0",
        grain, starts_on, or_total(dimension), or_total(member), starts, members, query.since,
        counted_facts_sql(metric, of_all_days, "late.counted = f.counted"), sets);
}

std::string figure_sums_sql(const MetricDefinition& metric, const MetricQuery& query) {
    if (metric.aggregate != Aggregate::count_distinct) {
        const Grouping grouping = grouping_of(metric, query, "");
        return fmt::format(
            "select {}, {}sum(cast(value as decimal(38, 6))) as amount, sum(sign) as live_count"
            " from ({}) group by grouping sets ({})",
            grouping.columns, metric.is_negated ? "-" : "", facts_sql(metric, query),
            grouping.sets);
    }
    const std::string facts = counted_facts_sql(
        metric, query, "late.business_on = f.business_on and late.counted = f.counted");
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
    // What a check keeps out is an entry, never the reversal that its revision brought at the same
    // place; quarantined_entries has one row per entry and check, so it is only ever asked whether
    // there is one. As "not exists" the question has every entry de-duplicated before it is asked.
    std::string sql = fmt::format(
        "select {} from {} e anti join (select *, 1 as sign from quarantined_entries) q"
        " on q.client_id = e.client_id and q.position = e.position and q.sign = e.sign"
        " and q.entry_type = e.entry_type and q.line_no = e.line_no",
        columns, query.entries);
    // Credits of a model are one row per order with shares that sum to 1.
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
    return sql;
}

Result<FiguresByDay> read_figures(Warehouse& warehouse, const std::string& sums) {
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(figures_of_sums_sql(sums)));
    FiguresByDay figures;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 4), Rounding::exact));
        figures[day].push_back({std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
                                std::string(rows.text(row, 3)), amount});
    }
    return figures;
}

Result<PeriodKey> read_period(const Rows& rows, std::size_t row, std::size_t column) {
    const auto grain = grain_of(rows.text(row, column));
    if (!grain) {
        return warehouse_corrupt(
            fmt::format("the warehouse has a period of \"{}\"", rows.text(row, column)));
    }
    MESHLINE_ASSIGN(const BusinessDate start, BusinessDate::parse(rows.text(row, column + 1)));
    return PeriodKey{*grain, start};
}

Result<FiguresByPeriod> read_period_figures(Warehouse& warehouse, const std::string& sums) {
    MESHLINE_ASSIGN(
        const Rows rows,
        warehouse.query(fmt::format(
            "select grain, starts_on, currency, dimension, member, sum(amount)::decimal(38, 6)"
            " from ({}) group by 1, 2, 3, 4, 5 having sum(live_count) <> 0",
            sums)));
    FiguresByPeriod figures;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const PeriodKey period, read_period(rows, row, 0));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 5), Rounding::exact));
        figures[period].push_back({std::string(rows.text(row, 2)), std::string(rows.text(row, 3)),
                                   std::string(rows.text(row, 4)), amount});
    }
    return figures;
}

Result<FiguresByDay> compute_figures(Warehouse& warehouse, const MetricDefinition& metric,
                                     const MetricQuery& query) {
    return read_figures(warehouse, figure_sums_sql(metric, query));
}

}  // namespace meshline
