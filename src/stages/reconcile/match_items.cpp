#include "stages/reconcile/match_items.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string side_of_pairs_sql(const ClientId& client, std::string_view reconciliation,
                              std::string_view pairs, const char* side) {
    return fmt::format(
        "select {0} as client_id, {1} as reconciliation, '{3}' as side, {3}_id as item_id,"
        " item_key, {3}_amount as amount, currency, {3}_on as business_on, outcome, '' as reason,"
        " rule, rule || ' ' || {4} || ' ' || {5} as group_id,"
        " right_amount - left_amount as difference from ({2})",
        quote_literal(client.text()), quote_literal(reconciliation), pairs, side,
        finding_key_part_sql("item_key"), finding_key_part_sql("left_id"));
}

}  // namespace

Result<std::string> match_items_sql(Warehouse& warehouse, const ClientId& client) {
    MESHLINE_ASSIGN(const Rows settled, warehouse.query(fmt::format(
                                            "select reconciliation, pairs_sql from settled_pairs"
                                            " where client_id = {} order by reconciliation",
                                            quote_literal(client.text()))));
    std::string sql = fmt::format("select * from match_results where client_id = {}",
                                  quote_literal(client.text()));
    for (std::size_t row = 0; row < settled.rows.size(); ++row) {
        for (const char* side : {"left", "right"}) {
            sql += " union all " +
                   side_of_pairs_sql(client, settled.text(row, 0), settled.text(row, 1), side);
        }
    }
    return sql;
}

}  // namespace meshline
