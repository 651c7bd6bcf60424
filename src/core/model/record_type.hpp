#pragma once

#include <array>

namespace meshline {

/// The closed list of what a row of the relation `records` is the state of.
inline constexpr std::array record_type_names = {
    "contact",    "customer",  // people: their e-mails and references tie the sources together
    "deal",
    "deal_stage",  // a stage of a pipeline and whether it is won, lost or open
    "campaign",   "charge",   "refund",
    "dispute",    "payout",  // the processor's objects; their money is in entries
    "merged",                // an object of its stream that another took the place of
    "balance",               // what the account `name` holds: after the entries of its own event,
                             // else at the end of its day
};

}  // namespace meshline
