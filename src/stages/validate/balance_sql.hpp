#pragma once

#include "core/stage/stage.hpp"

#include <string>

namespace meshline {

/// Every step from one balance of an account to the next, in order of source, account, currency and
/// day: source, account, currency, opening_on, opening, activity, closing_on, closing. One balance
/// per account, currency and day; `opening` holds at the end of `opening_on`, `activity` is the sum
/// of the book's entries after it up to the end of `closing_on`.
///
/// Which of a day's balances is its last: a record whose own event made entries holds the balance
/// after them, so it says what it started from too. The balance that no other row of the day starts
/// from is the last one, in whatever order the rows lie. Where a row is missing or the day comes
/// back to its start that is not one, and the statement's direction decides: oldest row first,
/// unless more of its neighbours fit the other way round. The first day's opening is found the same
/// way. Of records without entries of their own the latest counts, ties by the later position.
std::string balance_steps_sql(const StageContext& context, const CheckDefinition& check);

}  // namespace meshline
