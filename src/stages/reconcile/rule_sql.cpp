#include "stages/reconcile/rule_sql.hpp"

#include <fmt/format.h>

namespace meshline {

std::string pair_reason_sql(const MatchRule& rule) {
    // Percent tolerance in thousandths of a percent of the left amount, compared without dividing.
    const std::string tolerance = fmt::format(
        "(abs(r.amount - l.amount) <= {}::decimal(38, 6)"
        " or abs(r.amount - l.amount) * 100000 <= abs(l.amount) * {})",
        rule.tolerance_absolute.text(), rule.tolerance_percent_milli);
    std::string sql = fmt::format(
        "case when l.currency <> r.currency then 'currency_difference'"
        " when not {} then 'amount_difference'",
        tolerance);
    if (rule.is_lag_checked) {
        sql += fmt::format(
            " when r.business_on - l.business_on not between {} and {} then 'date_difference'",
            rule.lag_days_min, rule.lag_days_max);
    }
    return sql + " else '' end";
}

std::string confirmed_outcome(const MatchRule& rule) {
    return rule.is_confirmed ? "matched" : "suggested";
}

}  // namespace meshline
