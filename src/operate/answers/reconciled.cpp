#include "operate/answers/reconciled.hpp"

#include "base/text/text.hpp"
#include "stages/reconcile/match_items.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string condition_sql(const ReconciledQuery& query) {
    std::string sql = "client_id = " + quote_literal(query.client.text());
    if (!query.reconciliation.empty())
        sql += " and reconciliation = " + quote_literal(query.reconciliation);
    if (!query.outcome.empty()) sql += " and outcome = " + quote_literal(query.outcome);
    return sql;
}

std::string summary_sql(const ReconciledQuery& query) {
    return fmt::format(
        "select reconciliation, side, outcome, reason, currency, sum(item_count)::bigint as items,"
        " sum(amount)::decimal(38, 6) as amount from match_totals where {} group by all order by "
        "all",
        condition_sql(query));
}

/// `items` is the relation of match_items_sql().
std::string items_sql(const ReconciledQuery& query, const std::string& items) {
    return fmt::format(
        "select reconciliation, side, item_id, coalesce(item_key, '') as key, business_on, amount,"
        " currency, outcome, reason, rule, coalesce(group_id, '') as group_id, difference"
        " from ({}) where {} order by reconciliation, side, item_id, currency",
        items, condition_sql(query));
}

}  // namespace

Result<std::vector<ReconciledSum>> reconciled_summary(Warehouse& warehouse,
                                                      const ReconciledQuery& query) {
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(summary_sql(query)));
    std::vector<ReconciledSum> summary;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto text = [&](std::size_t column) { return std::string(rows.text(row, column)); };
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 6), Rounding::exact));
        summary.push_back({.reconciliation = text(0),
                           .side = text(1),
                           .outcome = text(2),
                           .reason = text(3),
                           .currency = text(4),
                           .items = rows.integer(row, 5),
                           .amount = amount});
    }
    return summary;
}

Result<std::vector<ReconciledItem>> reconciled_items(Warehouse& warehouse,
                                                     const ReconciledQuery& query) {
    MESHLINE_ASSIGN(const std::string relation, match_items_sql(warehouse, query.client));
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(items_sql(query, relation)));
    std::vector<ReconciledItem> items;
    items.reserve(rows.rows.size());
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto text = [&](std::size_t column) { return std::string(rows.text(row, column)); };
        ReconciledItem item{.reconciliation = text(0),
                            .side = text(1),
                            .item_id = text(2),
                            .key = text(3),
                            .business_on = text(4),
                            .amount = {},
                            .currency = text(6),
                            .outcome = text(7),
                            .reason = text(8),
                            .rule = text(9),
                            .group_id = text(10),
                            .difference = {}};
        MESHLINE_ASSIGN(item.amount, WideDecimal::parse(rows.text(row, 5), Rounding::exact));
        if (rows.rows[row][11]) {
            MESHLINE_ASSIGN(item.difference,
                            WideDecimal::parse(rows.text(row, 11), Rounding::exact));
        }
        items.push_back(std::move(item));
    }
    return items;
}

Result<void> check_reconciliation(const Workspace& workspace, const std::string& name) {
    if (name.empty()) return {};
    std::vector<std::string> known;
    for (const auto& one : workspace.reconciliations) {
        if (one.head.name == name) return {};
        known.push_back(one.head.name);
    }
    return Error{.kind = ErrorKind::not_found,
                 .code = "reconciliation.unknown",
                 .message = fmt::format("the workspace has no reconciliation \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

}  // namespace meshline
