#pragma once

#include "operate/demo/demo.hpp"
#include "operate/demo/trade.hpp"

#include <string>
#include <vector>

namespace meshline {

/// The faults of one shop, planted step by step while its trade is made. Each function bends the
/// trade in one place and adds what must be reported because of it; `trade` is otherwise as it was.
///
/// After make_orders: days without webhooks, late and unsent refunds, a misspelt campaign.
void plant_order_faults(Trade& trade, std::vector<PlantedFault>& faults);
/// After make_movements: an order paid twice, a payment without an order.
void plant_payment_faults(Trade& trade, std::vector<PlantedFault>& faults);
/// After make_payouts: a payout that is one fee short.
void plant_payout_faults(Trade& trade, std::vector<PlantedFault>& faults);
/// After make_deals: a deal closed at another amount.
void plant_deal_faults(Trade& trade, std::vector<PlantedFault>& faults);
/// After make_ad_days: spend that was first reported low, a change of schema.
void plant_ad_faults(Trade& trade, std::vector<PlantedFault>& faults);

/// `minor` of the trade's currency.
Money money_of(const Trade& trade, std::int64_t minor);

}  // namespace meshline
