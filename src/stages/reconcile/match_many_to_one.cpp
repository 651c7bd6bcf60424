#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/match.hpp"
#include "stages/reconcile/rule_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// One row per key and currency of the many: their sum beside the one. The group's date is the
/// latest of its items, the moment the sum was complete. A key that names two single items is left
/// to the rest: nobody can say which of them the sum is. `has_single` is true once per key: the
/// one goes with the many of its own currency, or where there are none with those of the first.
std::string groups_sql(const MatchRule& rule, const std::string& key, bool is_many_left) {
    const std::string many = is_many_left ? "left_items" : "right_items";
    const std::string one = is_many_left ? "right_items" : "left_items";
    const std::string left = is_many_left ? "summed" : "single";
    const std::string right = is_many_left ? "single" : "summed";
    return fmt::format(
        "create or replace temp table groups as with"
        " summed as (select {0} as item_key, currency, sum(amount) as amount,"
        "  max(business_on) as business_on from {1} where {0} is not null group by {0}, currency),"
        " single as (select {0} as item_key, min(currency) as currency, min(amount) as amount,"
        "  min(business_on) as business_on from {2} where {0} is not null"
        "  group by {0} having count(*) = 1)"
        " select l.item_key, summed.currency as many_currency, {3} as reason,"
        " r.amount - l.amount as difference,"
        " row_number() over (partition by l.item_key order by l.currency <> r.currency,"
        "  summed.currency) = 1 as has_single"
        " from {4} l join {5} r on l.item_key = r.item_key"
        " join summed on summed.item_key = l.item_key and summed.currency = {6}.currency",
        key, many, one, pair_reason_sql(rule), left, right, is_many_left ? "l" : "r");
}

/// Currencies are never added, so the many of each are a group of their own.
std::string settle_sql(const MatchRule& rule, const std::string& key, const std::string& side,
                       bool is_many) {
    return fmt::format(
        "insert into results select '{0}', i.item_id, i.{1}, i.amount, i.currency, i.business_on,"
        " case when g.reason = '' then '{2}' else 'break' end, g.reason, {3},"
        " {3} || ' ' || {5} || case when g.has_single then '' else ' ' || g.many_currency end,"
        " g.difference"
        " from groups g join {0}_items i on i.{1} = g.item_key and {4}{6}",
        side, key, confirmed_outcome(rule), quote_literal(rule.name),
        is_many ? "i.currency = g.many_currency" : "g.has_single",
        finding_key_part_sql("g.item_key"), rule.is_final ? "" : " where g.reason = ''");
}

}  // namespace

Result<void> match_many_to_one(StageContext& context, const MatchRule& rule, int number,
                               bool is_many_left) {
    const std::string key = fmt::format("key_{}", number);
    MESHLINE_TRY(context.warehouse.execute(groups_sql(rule, key, is_many_left)));
    MESHLINE_TRY(context.warehouse.execute(settle_sql(rule, key, "left", is_many_left)));
    MESHLINE_TRY(context.warehouse.execute(settle_sql(rule, key, "right", !is_many_left)));
    return take_settled(context);
}

Result<void> take_settled(StageContext& context) {
    for (const char* side : {"left", "right"}) {
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from {0}_items i using results s where s.side = '{0}'"
                        " and s.item_id = i.item_id and s.currency = i.currency",
                        side)));
    }
    return {};
}

}  // namespace meshline
