#pragma once

#include "core/stage/stage.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace meshline {

/// By order_ref what the people of the shop call the order: "#1001".
using OrderNames = std::map<std::string, std::string>;

/// The names of the orders among `keys`, where the reconciliation matches by order_ref. A transform
/// gives an order's own name as the attribute order_name of its entries; the latest one counts.
Result<OrderNames> order_names(StageContext& context,
                               const ReconciliationDefinition& reconciliation,
                               const std::set<std::string>& keys);

/// "commerce", or where both sides are of one book what tells them apart: the source, else the
/// first entry types.
std::string side_name(const SideDefinition& side, const SideDefinition& other);

struct BreakWords {
    std::string key;
    std::string order_name;  ///< Empty: none is known.
    BusinessDate day;
    std::string left;  ///< The amount, empty where there is none.
    std::string right;
};

/// "orders_to_payments: #1001 (5551) of 2026-03-04 in commerce has nothing in payments: 120.00 EUR"
std::string break_title(const ReconciliationDefinition& reconciliation, std::string_view reason,
                        const BreakWords& words);

}  // namespace meshline
