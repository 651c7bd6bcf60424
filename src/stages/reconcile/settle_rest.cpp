#include "base/text/text.hpp"
#include "stages/reconcile/match.hpp"

#include <fmt/format.h>

namespace meshline {

Result<void> settle_rest(StageContext& context, const ReconciliationDefinition& reconciliation,
                         BusinessDate as_of) {
    struct Side {
        const char* name;
        const char* missing;
        bool is_partner_optional;
        int due_days;
    };
    const Side sides[] = {
        {"left", "missing_right", reconciliation.is_right_optional, reconciliation.due_days_right},
        {"right", "missing_left", reconciliation.is_left_optional, reconciliation.due_days_left}};
    for (const Side& side : sides) {
        // Nothing has to appear elsewhere for an amount of zero, or where the partner is optional.
        MESHLINE_TRY(context.warehouse.execute(fmt::format(
            "insert into match_results select {6}, {7}, '{0}', item_id, {1}, amount, currency, "
            "business_on,"
            " case when amount = 0 or {2} then 'matched'"
            "  when business_on + {3} < date '{4}' then 'break' else 'expected' end,"
            " case when amount = 0 then 'zero_amount' when {2} then 'optional'"
            "  when business_on + {3} < date '{4}' then '{5}' else 'not_yet_due' end,"
            " '', null, null from {0}_items",
            side.name, reconciliation.rules.empty() ? "null" : "key_1", side.is_partner_optional,
            side.due_days, as_of.text(), side.missing, quote_literal(context.client.id.text()),
            quote_literal(reconciliation.head.name))));
    }
    return {};
}

}  // namespace meshline
