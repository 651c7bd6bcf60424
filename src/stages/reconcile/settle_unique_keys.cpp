#include "base/text/text.hpp"
#include "stages/reconcile/match.hpp"
#include "stages/reconcile/rule_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// "l.key_2 as left_key_2, ..." for the keys after the first.
std::string further_keys(const SideItems& items, const std::string& format) {
    std::string columns;
    for (std::size_t number = 2; number <= items.key_count(); ++number) {
        columns += fmt::format(fmt::runtime(format), number);
    }
    return columns;
}

/// One row per key, from a full join of both sides' keys: unique on both sides, so it multiplies
/// nothing. `is_settled` where the key names one item on each side and they make a match. The texts
/// of settled keys are left out: they are most of the bytes and nobody reads them here.
std::string key_pairs_sql(const MatchRule& rule, const SideItems& left, const SideItems& right) {
    return fmt::format(
        "select is_settled, left_count, right_count,"
        " case when not is_settled then item_key end as item_key,"
        " case when not is_settled then left_id end as left_id,"
        " case when not is_settled then right_id end as right_id,"
        " left_currency, left_amount, left_on, right_currency, right_amount, right_on{2}{3}"
        " from (select coalesce(l.item_count = 1 and r.item_count = 1 and {4} = '', false)"
        "   as is_settled, l.item_count as left_count, r.item_count as right_count,"
        "  coalesce(l.key_1, r.key_1) as item_key, {7} as left_id, {8} as right_id,"
        "  l.currency as left_currency, l.amount as left_amount, l.business_on as left_on,"
        "  r.currency as right_currency, r.amount as right_amount, r.business_on as right_on{5}{6}"
        "  from ({0}) l full join ({1}) r on l.key_1 = r.key_1)",
        left.keys_sql(), right.keys_sql(), further_keys(left, ", left_key_{0}"),
        further_keys(right, ", right_key_{0}"), pair_reason_sql(rule),
        further_keys(left, ", l.key_{0} as left_key_{0}"),
        further_keys(right, ", r.key_{0} as right_key_{0}"), left.id_in_keys_sql("l"),
        right.id_in_keys_sql("r"));
}

/// Of a side the single items of keys that both sides have, or else that this side alone has.
std::string single_items_sql(const SideItems& items, const std::string& side, bool is_of_both) {
    return fmt::format(
        "select {0}_id as item_id, {0}_currency as currency, {0}_amount as amount,"
        " {0}_on as business_on, item_key as key_1{1} from key_pairs where not is_settled"
        " and item_key is not null and {0}_count = 1 and {2}_count is {3}null",
        side, further_keys(items, ", " + side + "_key_{0} as key_{0}"),
        side == "left" ? "right" : "left", is_of_both ? "not " : "");
}

/// The items of a side that the first rule has to look at, as the table that the rules work on.
Result<void> keep_unsettled(Warehouse& warehouse, SideItems& items, const std::string& side) {
    MESHLINE_TRY(warehouse.execute(fmt::format("create or replace temp table {}_items as {}", side,
                                               single_items_sql(items, side, true))));
    MESHLINE_ASSIGN(const Rows repeated,
                    warehouse.query(fmt::format("select distinct item_key is null from key_pairs"
                                                " where {0}_count > 1 or ({0}_count = 1"
                                                "  and item_key is null and not is_settled)"
                                                " order by 1 desc",
                                                side)));
    if (repeated.is_empty() || repeated.text(0, 0) == "false") items.know_all_have_keys();
    if (repeated.is_empty()) return {};
    return warehouse.execute(
        fmt::format("insert into {0}_items {1}", side,
                    items.items_of_keys_sql(
                        fmt::format("select item_key from key_pairs where {}_count > 1", side))));
}

}  // namespace

std::string settled_pairs_sql(const MatchRule& rule, const SideItems& left,
                              const SideItems& right) {
    return fmt::format(
        "select l.key_1 as item_key, {2} as rule, {3} as outcome, l.currency,"
        " {5} as left_id, l.amount as left_amount, l.business_on as left_on,"
        " {6} as right_id, r.amount as right_amount, r.business_on as right_on"
        " from ({0}) l join ({1}) r on l.key_1 = r.key_1"
        " where l.item_count = 1 and r.item_count = 1 and {4} = ''",
        left.keys_sql(), right.keys_sql(), quote_literal(rule.name),
        quote_literal(confirmed_outcome(rule)), pair_reason_sql(rule), left.id_in_keys_sql("l"),
        right.id_in_keys_sql("r"));
}

Result<void> settle_unique_keys(StageContext& context,
                                const ReconciliationDefinition& reconciliation, SideItems& left,
                                SideItems& right) {
    Warehouse& warehouse = context.warehouse;
    const MatchRule& rule = reconciliation.rules.front();
    MESHLINE_TRY(warehouse.execute("create or replace temp table key_pairs as " +
                                   key_pairs_sql(rule, left, right)));
    for (const char* side : {"left", "right"}) {
        MESHLINE_TRY(warehouse.execute(fmt::format(
            "insert into match_totals select {}, {}, '{}', '{}', '', {}_currency, count(*),"
            " sum({}_amount) from key_pairs where is_settled group by all",
            quote_literal(context.client.id.text()), quote_literal(reconciliation.head.name), side,
            confirmed_outcome(rule), side, side)));
    }
    MESHLINE_TRY(keep_unsettled(warehouse, left, "left"));
    return keep_unsettled(warehouse, right, "right");
}

Result<void> add_lonely_items(Warehouse& warehouse, const SideItems& left, const SideItems& right) {
    MESHLINE_TRY(warehouse.execute("insert into left_items by name " +
                                   single_items_sql(left, "left", false)));
    MESHLINE_TRY(warehouse.execute("insert into right_items by name " +
                                   single_items_sql(right, "right", false)));
    return warehouse.execute("drop table key_pairs");
}

}  // namespace meshline
