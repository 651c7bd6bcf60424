#pragma once

#include "core/control/exception_item.hpp"

#include <span>
#include <vector>

namespace meshline {

/// What a client's open exceptions have at risk in one currency, each thing once.
struct MoneyAtRisk {
    ClientId client;
    WideMoney counted;    ///< Entries, each at the largest amount that any exception claims for it.
    WideMoney estimated;  ///< For absent records, once per stream and day. Not part of `counted`.
    /// Exceptions that do not name all they claim may or may not claim the same: it is this much,
    /// or more.
    bool is_at_least = false;
};

/// By client, then currency. Needs exceptions with their claims; closed ones do not count.
std::vector<MoneyAtRisk> money_at_risk(std::span<const ExceptionItem> items);

}  // namespace meshline
