#pragma once

#include "core/stage/stage.hpp"

namespace meshline {

/// Each works on the temporary tables left_items, right_items and results, with the key column of
/// rule `number` (from 1), and removes what it settled from the items.
Result<void> match_one_to_one(StageContext& context, const MatchRule& rule, int number);
/// `is_many_left`: many left items sum to one right item; else the other way round.
Result<void> match_many_to_one(StageContext& context, const MatchRule& rule, int number,
                               bool is_many_left);

/// Removes from the items what is in the results.
Result<void> take_settled(StageContext& context);

/// Items that no rule took: expected until due, then missing.
Result<void> settle_rest(StageContext& context, const ReconciliationDefinition& reconciliation,
                         BusinessDate as_of);

}  // namespace meshline
