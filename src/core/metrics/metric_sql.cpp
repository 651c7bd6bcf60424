#include "core/metrics/metric_sql.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::array entry_columns = {"source",       "stream",      "entry_type", "object_id",
                                      "order_ref",    "payment_ref", "payout_ref", "deal_ref",
                                      "customer_ref", "product_ref", "channel",    "campaign",
                                      "currency",     "business_on", "amount",     "quantity"};

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

/// One row per day, currency and member of one dimension ("" for the total).
std::string grouped_sql(const MetricDefinition& metric, const std::string& dimension) {
    const std::string member = dimension.empty() ? "''" : "member_" + dimension;
    const bool is_count = metric.aggregate == Aggregate::count_distinct;
    const std::string value = is_count ? "cast(count(*) as decimal(38, 6))"
                                       : fmt::format("{}sum(cast(value as decimal(38, 6)))",
                                                     metric.is_negated ? "-" : "");
    // A distinct thing counts on a day as long as one entry of it stands there.
    const std::string from =
        is_count
            ? fmt::format(
                  "(select business_on, currency, {0} as member from facts"
                  " where counted is not null group by 1, 2, 3, counted"
                  " having sum(sign) > 0)",
                  member)
            : fmt::format("(select business_on, currency, {0} as member, value, sign from facts)",
                          member);
    return fmt::format(
        "select business_on, currency, {} as dimension, member, {} as amount from {}"
        " group by business_on, currency, member{}",
        quote_literal(dimension), value, from, is_count ? "" : " having sum(sign) <> 0");
}

std::string figures_sql(const MetricDefinition& metric, const MetricQuery& query) {
    std::vector<std::string> dimensions = {""};
    if (query.has_dimensions) {
        dimensions.insert(dimensions.end(), metric.dimensions.begin(), metric.dimensions.end());
    }
    const bool is_money = metric.aggregate == Aggregate::sum_amount;
    std::string columns =
        fmt::format("e.business_on, {} as currency, e.sign", is_money ? "e.currency" : "''");
    if (metric.aggregate == Aggregate::count_distinct) {
        columns += fmt::format(", {} as counted", entry_column_sql(metric.count_column));
    } else {
        columns += fmt::format(", {} as value", value_sql(metric));
    }
    for (const std::string& dimension : dimensions) {
        if (!dimension.empty()) {
            columns += fmt::format(", {} as member_{}", member_sql(metric, dimension), dimension);
        }
    }
    std::string sql =
        fmt::format("with facts as materialized ({})", metric_entries_sql(metric, query, columns));
    for (const std::string& dimension : dimensions) {
        sql += dimension.empty() ? " " : " union all ";
        sql += grouped_sql(metric, dimension);
    }
    return sql + " order by business_on, currency, dimension, member";
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

std::string entry_column_sql(const std::string& name) {
    if (std::find(entry_columns.begin(), entry_columns.end(), name) != entry_columns.end()) {
        return "e." + name;
    }
    return fmt::format("json_extract_string(e.attributes, {})", quote_literal("$." + name));
}

std::string metric_entries_sql(const MetricDefinition& metric, const MetricQuery& query,
                               const std::string& columns) {
    // Credits of a model are one row per order with shares that sum to 1; quarantined_entries has
    // one row per entry and check, so it is only ever asked whether there is one.
    std::string sql = fmt::format("select {} from entries e", columns);
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
    if (!query.days.empty()) {
        std::string days;
        for (const BusinessDate day : query.days) {
            if (!days.empty()) days += ", ";
            days += fmt::format("date '{}'", day.text());
        }
        sql += fmt::format(" and e.business_on in ({})", days);
    }
    sql +=
        " and not exists (from quarantined_entries q where q.client_id = e.client_id"
        " and q.position = e.position and q.entry_type = e.entry_type and q.line_no = e.line_no)";
    return sql;
}

Result<std::map<BusinessDate, std::vector<Figure>>> compute_figures(Warehouse& warehouse,
                                                                    const MetricDefinition& metric,
                                                                    const MetricQuery& query) {
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(figures_sql(metric, query)));
    std::map<BusinessDate, std::vector<Figure>> figures;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        MESHLINE_ASSIGN(const Decimal amount, Decimal::parse(rows.text(row, 4), Rounding::exact));
        figures[day].push_back({std::string(rows.text(row, 1)), std::string(rows.text(row, 2)),
                                std::string(rows.text(row, 3)), amount});
    }
    return figures;
}

}  // namespace meshline
