#include "base/text/text.hpp"
#include "stages/reconcile/match.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// A side with what is awaited for its items on the other one.
struct Awaiting {
    const char* name;
    const char* missing;
    const char* silent;
    bool is_partner_optional;
    int due_days;
    std::optional<BusinessDate> partner_came_on;
};

/// True for a row whose partner was due before a record of the other side came last. While that
/// side is silent, nothing says that this one item is missing.
std::string passed_sql(const Awaiting& side) {
    if (!side.partner_came_on) return "true";
    return fmt::format("business_on + {} < date '{}'", side.due_days, side.partner_came_on->text());
}

}  // namespace

Result<void> settle_rest(StageContext& context, const ReconciliationDefinition& reconciliation,
                         const SettlingDates& dates) {
    const Awaiting sides[] = {
        {"left", "missing_right", "silent_right", reconciliation.is_right_optional,
         reconciliation.due_days_right, dates.right_came_on},
        {"right", "missing_left", "silent_left", reconciliation.is_left_optional,
         reconciliation.due_days_left, dates.left_came_on}};
    for (const Awaiting& side : sides) {
        // Nothing has to appear elsewhere for an amount of zero, or where the partner is optional.
        MESHLINE_TRY(context.warehouse.execute(fmt::format(
            "insert into match_results select {6}, {7}, '{0}', item_id, {1}, amount, currency, "
            "business_on,"
            " case when amount = 0 or {2} then 'matched'"
            "  when business_on + {3} < date '{4}' and {8} then 'break' else 'expected' end,"
            " case when amount = 0 then 'zero_amount' when {2} then 'optional'"
            "  when business_on + {3} >= date '{4}' then 'not_yet_due'"
            "  when {8} then '{5}' else '{9}' end,"
            " '', null, null from {0}_items",
            side.name, reconciliation.rules.empty() ? "null" : "key_1", side.is_partner_optional,
            side.due_days, dates.today.text(), side.missing,
            quote_literal(context.client.id.text()), quote_literal(reconciliation.head.name),
            passed_sql(side), side.silent)));
    }
    return {};
}

}  // namespace meshline
