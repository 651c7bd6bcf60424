#pragma once

#include "core/model/claim.hpp"
#include "core/warehouse/warehouse.hpp"

#include <map>
#include <string>
#include <vector>

namespace meshline {

/// Claims by the group that claims them.
using ClaimsByGroup = std::map<std::string, std::vector<Claim>>;

/// What each group of entries claims: its largest entries by name, up to `entries_claimed_max`, and
/// of all others one rest for each book and day. `entries` is a relation with the columns
/// claim_group, book, business_on, position, entry_type, line_no and amount (of any sign), the
/// entries of a group each once and of one currency.
Result<ClaimsByGroup> claims_of_entries(Warehouse& warehouse, const std::string& entries);

}  // namespace meshline
