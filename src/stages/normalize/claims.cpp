#include "stages/normalize/claims.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {

Result<bool> has_fallen(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select 1 from not_standing where client_id = {} limit 1",
                                         quote_literal(context.client.id.text()))));
    return !rows.is_empty();
}

Result<std::set<Position>> heirs_of(StageContext& context, const std::vector<Claimant>& claimants) {
    std::set<Position> heirs;
    if (claimants.empty()) return heirs;
    std::vector<std::vector<std::optional<std::string>>> rows;
    for (const Claimant& one : claimants)
        rows.push_back({one.source, one.stream, one.event_id, std::to_string(one.position)});
    MESHLINE_TRY(context.warehouse.execute(
        "create or replace temp table claimants (source varchar, stream varchar,"
        " event_id varchar, position ubigint)"));
    MESHLINE_TRY(context.warehouse.append("claimants", rows));
    // An identity is vacant when the event that had it first is known to have been taken back, and
    // none of those that claimed it stands.
    MESHLINE_ASSIGN(
        const Rows found,
        context.warehouse.query(fmt::format(
            "with vacant as (select source, stream, event_id from identity_claims c"
            "  left join not_standing n on n.client_id = c.client_id and n.position = c.position"
            "  where c.client_id = {}"
            "   and (source, stream, event_id) in (select (source, stream, event_id) from "
            "claimants)"
            "  group by all having bool_or(c.is_first) and bool_and(n.position is not null))"
            " select min(position) from claimants join vacant using (source, stream, event_id)"
            " group by source, stream, event_id",
            quote_literal(context.client.id.text()))));
    for (std::size_t row = 0; row < found.rows.size(); ++row)
        heirs.insert(static_cast<Position>(found.integer(row, 0)));
    MESHLINE_TRY(context.warehouse.execute("drop table claimants"));
    return heirs;
}

Result<void> note_claims(StageContext& context, const std::vector<Claimant>& claimants) {
    std::vector<std::vector<std::optional<std::string>>> rows;
    for (const Claimant& one : claimants) {
        rows.push_back({context.client.id.text(), one.source, one.stream, one.event_id,
                        std::to_string(one.position), "false"});
    }
    return context.warehouse.append("identity_claims", rows);
}

}  // namespace meshline
