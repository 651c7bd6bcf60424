#include "stages/reconcile/items.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"

#include <fmt/format.h>

namespace meshline {

Result<void> make_items(StageContext& context, const ReconciliationDefinition& reconciliation,
                        const SideDefinition& side, bool is_left, const std::string& name) {
    const std::string item = entry_column_sql(side.item);
    std::string keys;
    for (std::size_t index = 0; index < reconciliation.rules.size(); ++index) {
        const MatchRule& rule = reconciliation.rules[index];
        const std::string& key = is_left ? rule.left_key : rule.right_key;
        keys += fmt::format(", min(nullif({}, '')) as key_{}", entry_column_sql(key), index + 1);
    }
    const std::string source =
        side.source.empty() ? "" : fmt::format(" and e.source = {}", quote_literal(side.source));
    // Entries without the item's value stand alone, as the object they belong to.
    return context.warehouse.execute(fmt::format(
        "create or replace temp table {} as"
        " select coalesce(nullif({}, ''), e.object_id) as item_id, e.currency,"
        " {}sum(e.amount) as amount, min(e.business_on) as business_on{}"
        " from entries e where e.client_id = {} and e.book = {} and e.entry_type in ({})"
        " and e.position <= {}{} and not exists (from quarantined_entries q"
        " where q.client_id = e.client_id and q.position = e.position"
        " and q.entry_type = e.entry_type and q.line_no = e.line_no)"
        " group by 1, 2 having sum(e.sign) > 0",
        name, item, side.is_negated ? "-" : "", keys, quote_literal(context.client.id.text()),
        quote_literal(name_of(side.book)), literal_list(side.entries), context.head.position,
        source));
}

Result<void> make_results(StageContext& context) {
    return context.warehouse.execute(
        "create or replace temp table results (side varchar, item_id varchar, item_key varchar,"
        " amount decimal(38, 6), currency varchar, business_on date, outcome varchar,"
        " reason varchar, rule varchar, group_id varchar, difference decimal(38, 6))");
}

}  // namespace meshline
