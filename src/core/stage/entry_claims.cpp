#include "core/stage/entry_claims.hpp"

#include <fmt/format.h>

namespace meshline {

Result<ClaimsByGroup> claims_of_entries(Warehouse& warehouse, const std::string& entries) {
    MESHLINE_ASSIGN(
        const Rows rows,
        warehouse.query(fmt::format(
            "with ranked as (select claim_group, book, business_on,"
            "   position || ' ' || entry_type || ' ' || line_no as subject,"
            "   abs(amount::decimal(38, 6)) as amount,"
            "   row_number() over (partition by claim_group"
            "    order by abs(amount) desc, position, entry_type, line_no) as place"
            "  from ({0}) where amount <> 0)"
            " select claim_group, book, business_on, subject, amount, place from ranked"
            "  where place <= {1}"
            " union all"
            " select claim_group, book, business_on, '', sum(amount)::decimal(38, 6), {1} + 1"
            "  from ranked where place > {1} group by claim_group, book, business_on"
            " order by claim_group, place, book, business_on",
            entries, entries_claimed_max)));
    ClaimsByGroup claims;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        Claim claim;
        claim.kind = rows.text(row, 3).empty() ? ClaimKind::rest : ClaimKind::entry;
        claim.book = rows.text(row, 1);
        MESHLINE_ASSIGN(claim.day, BusinessDate::parse(rows.text(row, 2)));
        claim.subject = rows.text(row, 3);
        MESHLINE_ASSIGN(claim.amount, WideDecimal::parse(rows.text(row, 4), Rounding::exact));
        claims[std::string(rows.text(row, 0))].push_back(std::move(claim));
    }
    return claims;
}

}  // namespace meshline
