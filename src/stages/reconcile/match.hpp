#pragma once

#include "core/stage/stage.hpp"
#include "stages/reconcile/items.hpp"
#include "stages/reconcile/settling_dates.hpp"

#include <string>

namespace meshline {

/// Settles the keys of the first rule, a one-to-one, that name one item on each side which match:
/// nearly all of a healthy reconciliation, so they are counted in match_totals and not copied.
/// Makes left_items and right_items of those that the first rule has to look at. What it cannot
/// take waits: items whose key the other side does not have. add_lonely_items() adds them after it.
/// Tells the sides whether all of their entries have keys.
Result<void> settle_unique_keys(StageContext& context,
                                const ReconciliationDefinition& reconciliation, SideItems& left,
                                SideItems& right);
Result<void> add_lonely_items(Warehouse& warehouse, const SideItems& left, const SideItems& right);
/// What settle_unique_keys() settled, one row per pair: item_key, rule, outcome, currency, left_id,
/// left_amount, left_on, right_id, right_amount, right_on.
std::string settled_pairs_sql(const MatchRule& rule, const SideItems& left, const SideItems& right);

/// Each works on the temporary tables left_items, right_items and results, with the key column of
/// rule `number` (from 1), and removes what it settled from the items.
Result<void> match_one_to_one(StageContext& context, const MatchRule& rule, int number);
/// `is_many_left`: many left items sum to one right item; else the other way round.
Result<void> match_many_to_one(StageContext& context, const MatchRule& rule, int number,
                               bool is_many_left);

/// Removes from the items what is in the results.
Result<void> take_settled(StageContext& context);

/// Items that no rule took go to match_results: expected until due, then missing, once a record of
/// the other side came after the day they were due on.
Result<void> settle_rest(StageContext& context, const ReconciliationDefinition& reconciliation,
                         const SettlingDates& dates);

}  // namespace meshline
