#pragma once

#include "core/stage/entry_claims.hpp"
#include "core/stage/stage.hpp"
#include "stages/reconcile/items.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// How a break is named among others, and SQL that says so of the columns of a broken item.
std::string claim_group_of(std::string_view reason, std::string_view break_id);
inline constexpr const char* claim_group_sql = "reason || ' ' || break_id";

/// The entries that the breaks are made of, largest first, to be cut down to what is at risk.
/// `entries` is a relation of theirs as entries_of_sides_sql() gives it. Of a break the entries of
/// one currency claim: the left side's, else its only one.
Result<ClaimsByGroup> claims_of_breaks(Warehouse& warehouse, const std::string& entries);

/// What the breaks of `ranked_breaks` that are not named come to, one rest for each day.
Result<std::vector<Claim>> claims_of_others(StageContext& context,
                                            const ReconciliationDefinition& reconciliation,
                                            std::string_view reason, std::string_view currency);

}  // namespace meshline
