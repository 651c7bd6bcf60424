#pragma once

#include "core/workspace/definitions.hpp"

#include <string>

namespace meshline {

/// SQL over a pair `l`, `r` (each with amount, currency, business_on): why the pair is no match
/// under the rule; '' when it is one. The order of the reasons is their weight: another currency
/// makes amounts incomparable, another amount makes the date beside the point.
std::string pair_reason_sql(const MatchRule& rule);

/// "matched" or "suggested".
std::string confirmed_outcome(const MatchRule& rule);

}  // namespace meshline
