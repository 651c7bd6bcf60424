#pragma once

#include "core/stage/stage.hpp"

#include <string>

namespace meshline {

/// Makes the temporary table `name` of one side's items: item_id, currency, amount, business_on,
/// key_1 ... key_n (the left or right key of each rule). One row per item and currency.
Result<void> make_items(StageContext& context, const ReconciliationDefinition& reconciliation,
                        const SideDefinition& side, bool is_left, const std::string& name);

/// Makes the empty temporary table `results` that the rules fill: match_results without client and
/// reconciliation.
Result<void> make_results(StageContext& context);

}  // namespace meshline
