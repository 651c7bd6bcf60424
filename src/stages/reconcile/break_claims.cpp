#include "stages/reconcile/break_claims.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {

std::string claim_group_of(std::string_view reason, std::string_view break_id) {
    return fmt::format("{} {}", reason, break_id);
}

Result<ClaimsByGroup> claims_of_breaks(Warehouse& warehouse, const std::string& entries) {
    return claims_of_entries(
        warehouse,
        fmt::format("select * from (select *, coalesce(max(case when side = 'left' then currency"
                    "   end) over of_break, max(currency) over of_break) as claim_currency"
                    "  from ({}) window of_break as (partition by claim_group))"
                    " where currency = claim_currency",
                    entries));
}

Result<std::vector<Claim>> claims_of_others(StageContext& context,
                                            const ReconciliationDefinition& reconciliation,
                                            std::string_view reason, std::string_view currency) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "select business_on, sum(at_risk)::decimal(38, 6) from ranked_breaks"
                        " where not is_named and reason = {} and currency = {} group by business_on"
                        " order by business_on",
                        quote_literal(reason), quote_literal(currency))));
    const bool is_right = reason == "missing_left" || reason == "duplicate_right";
    const Book book = is_right ? reconciliation.right.book : reconciliation.left.book;
    std::vector<Claim> claims;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 1), Rounding::exact));
        if (amount == WideDecimal()) continue;
        claims.push_back({ClaimKind::rest, std::string(name_of(book)), day, "", amount});
    }
    return claims;
}

}  // namespace meshline
