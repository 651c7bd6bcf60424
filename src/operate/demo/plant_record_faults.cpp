#include "base/result/check.hpp"
#include "operate/demo/faults.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t hour = 3600;

/// 2026-02-03.
constexpr int paid_twice_day = 33;
/// 2026-03-13.
constexpr int stray_payment_day = 71;
/// 2026-02-10.
constexpr int short_payout_day = 40;
/// 2026-02-22.
constexpr int wrong_deal_day = 52;
constexpr std::int64_t wrong_deal_excess = 25'000;
/// 2026-03-03; 15 % low until the platform corrected it.
constexpr int low_spend_day = 61;
constexpr int low_spend_percent = 85;
constexpr const char* low_spend_campaign = "brand_search";
/// 2026-02-15 to 2026-02-17.
constexpr int schema_change_day_first = 45;
constexpr int schema_change_day_last = 47;

void plant_paid_twice(Trade& trade, std::vector<PlantedFault>& faults) {
    // The second charge is the greater one by time and by id, so whatever order a reader puts the
    // two in, it comes second.
    const std::string second_id = "ch_3z" + trade.random.letters(22);
    const auto order = std::find_if(trade.orders.begin(), trade.orders.end(), [&](const auto& one) {
        return one.day == paid_twice_day && !one.refund && one.charge_id < second_id;
    });
    MESHLINE_CHECK(order != trade.orders.end());
    TradeMovement second =
        charge_of(trade, *order, {order->created_at.micros + 130 * micros_per_second});
    second.source_id = second_id;
    second.charge_id = second_id;
    const Money amount = money_of(trade, second.amount);
    faults.push_back({.name = "order_paid_twice",
                      .client = trade.profile.client,
                      .sentence = "Order " + second.order_ref + " was charged " + amount.text() +
                                  " twice within two minutes.",
                      .expected = {{.type = "break",
                                    .definition = "orders_to_payments",
                                    .reason = "duplicate_right",
                                    .subject = second_id,
                                    .at_risk = amount}}});
    trade.movements.push_back(std::move(second));
}

void plant_stray_payment(Trade& trade, std::vector<PlantedFault>& faults) {
    const auto pattern =
        std::find_if(trade.orders.begin(), trade.orders.end(),
                     [](const auto& one) { return one.day == stray_payment_day && !one.refund; });
    MESHLINE_CHECK(pattern != trade.orders.end());
    TradeMovement stray = charge_of(trade, *pattern, trade.at(stray_payment_day, 16 * hour + 1187));
    stray.source_id = "ch_3" + trade.random.letters(23);
    stray.charge_id = stray.source_id;
    // Order ids are even, so no order has this one.
    stray.order_ref = std::to_string(pattern->id + 1);
    const Money amount = money_of(trade, stray.amount);
    faults.push_back({.name = "payment_without_order",
                      .client = trade.profile.client,
                      .sentence = "Payment " + stray.charge_id + " of " + amount.text() +
                                  " names order " + stray.order_ref +
                                  ", which the shop does not have.",
                      .expected = {{.type = "break",
                                    .definition = "orders_to_payments",
                                    .reason = "missing_left",
                                    .subject = stray.charge_id,
                                    .at_risk = amount}}});
    trade.movements.push_back(std::move(stray));
}

void plant_low_spend(Trade& trade, std::vector<PlantedFault>& faults) {
    for (TradeAdDay& row : trade.ad_days) {
        const std::string& name = trade.profile.campaigns[row.campaign].name;
        if (row.day != low_spend_day || name != low_spend_campaign) continue;
        row.spend_at_first = share(row.spend, low_spend_percent, 100);
        const std::string date = trade.date_of(row.day).text();
        const Money missing = money_of(trade, row.spend - row.spend_at_first);
        faults.push_back({.name = "campaign_day_low",
                          .client = trade.profile.client,
                          .sentence = "Campaign " + name + " was reported 15 % low on " + date +
                                      "; the platform later added " + missing.text() + ".",
                          .expected = {{.type = "restatement",
                                        .definition = "ad_spend",
                                        .reason = {},
                                        .subject = date,
                                        .at_risk = missing}}});
    }
}

void plant_schema_change(Trade& trade, std::vector<PlantedFault>& faults) {
    int count = 0;
    for (TradeAdDay& row : trade.ad_days) {
        const DemoCampaign& campaign = trade.profile.campaigns[row.campaign];
        if (campaign.platform != DemoCampaign::Platform::meta) continue;
        if (row.day < schema_change_day_first || row.day > schema_change_day_last) continue;
        row.is_schema_changed = true;
        ++count;
    }
    // Failed events that share a cause are one exception; the cause is the place in the record.
    faults.push_back({.name = "schema_change",
                      .client = trade.profile.client,
                      .sentence = "From " + trade.date_of(schema_change_day_first).text() + " to " +
                                  trade.date_of(schema_change_day_last).text() +
                                  " the ad platform sent spend as an object instead of a text: " +
                                  std::to_string(count) + " records break their contract.",
                      .expected = {{.type = "failed_event",
                                    .definition = "meta_ads/insights",
                                    .reason = {},
                                    .subject = "/spend",
                                    .at_risk = {}}}});
}

}  // namespace

void plant_payment_faults(Trade& trade, std::vector<PlantedFault>& faults) {
    if (trade.profile.client == "harbor_coffee") plant_paid_twice(trade, faults);
    if (trade.profile.client == "sakura_goods") plant_stray_payment(trade, faults);
}

void plant_payout_faults(Trade& trade, std::vector<PlantedFault>& faults) {
    if (trade.profile.client != "harbor_coffee") return;
    const Instant earliest = trade.at(short_payout_day, 0);
    std::size_t index = 0;
    while (trade.payouts[index].created_at < earliest)
        ++index;
    std::int64_t fee = 0;
    for (TradeMovement& movement : trade.movements) {
        if (movement.payout != index) continue;
        // The first charge's fee is taken twice.
        if (fee == 0) fee = movement.fee;
        if (movement.kind == TradeMovement::Kind::payout) movement.amount += fee;
    }
    TradePayout& payout = trade.payouts[index];
    payout.amount -= fee;
    const Money missing = money_of(trade, fee);
    faults.push_back({.name = "payout_one_fee_off",
                      .client = trade.profile.client,
                      .sentence = "Payout " + payout.id + " is " + missing.text() +
                                  " short of the sum of its transactions: one fee too many.",
                      .expected = {{.type = "break",
                                    .definition = "payouts_to_balance",
                                    .reason = "amount_difference",
                                    .subject = payout.id,
                                    .at_risk = missing}}});
}

void plant_deal_faults(Trade& trade, std::vector<PlantedFault>& faults) {
    if (trade.profile.client != "harbor_coffee") return;
    const Instant earliest = trade.at(wrong_deal_day, 0);
    const auto deal = std::find_if(trade.deals.begin(), trade.deals.end(), [&](const auto& one) {
        return one.kind == TradeDeal::Kind::sale && one.created_at >= earliest;
    });
    MESHLINE_CHECK(deal != trade.deals.end());
    const Money sold = money_of(trade, deal->amount);
    deal->amount += wrong_deal_excess;
    faults.push_back({.name = "deal_at_another_amount",
                      .client = trade.profile.client,
                      .sentence = "Order " + deal->order_ref + " was sold for " + sold.text() +
                                  "; its deal was closed won at " +
                                  money_of(trade, deal->amount).text() + ".",
                      .expected = {{.type = "break",
                                    .definition = "deals_to_orders",
                                    .reason = "amount_difference",
                                    .subject = deal->order_ref,
                                    .at_risk = money_of(trade, wrong_deal_excess)}}});
}

void plant_ad_faults(Trade& trade, std::vector<PlantedFault>& faults) {
    if (trade.profile.client == "harbor_coffee") plant_low_spend(trade, faults);
    if (trade.profile.client == "kiosk_berlin") plant_schema_change(trade, faults);
}

Money money_of(const Trade& trade, std::int64_t minor) {
    const auto money = Money::from_minor(minor, trade.currency);
    MESHLINE_CHECK(money.ok());
    return money.value();
}

}  // namespace meshline
