#include "operate/demo/faults.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::int64_t hour = 3600;

/// 2026-02-25, a Wednesday.
constexpr int missing_webhooks_day = 55;
/// 2026-02-18.
constexpr int unsent_refund_day = 48;
/// Returned on 2026-03-10 and exported eight days later, after the day was published.
constexpr int late_refund_order_day = 64;
constexpr int late_refund_day = 68;
constexpr int late_refund_export_day = 76;
constexpr std::size_t late_refund_count = 2;
constexpr int misspelt_day_first = 56;
constexpr int misspelt_day_last = 62;
constexpr const char* campaign_meant = "fruehlingsedition";
constexpr const char* campaign_misspelt = "fruhlingsedition";

void plant_missing_webhooks(Trade& trade, std::vector<PlantedFault>& faults) {
    const std::string date = trade.date_of(missing_webhooks_day).text();
    PlantedFault fault{.name = "missing_webhooks", .client = trade.profile.client};
    for (TradeOrder& order : trade.orders) {
        if (order.day != missing_webhooks_day) continue;
        order.is_delivered = false;
        // An order that never came cannot be refunded in the shop's export either.
        order.refund.reset();
        const std::int64_t total = order.total(trade.profile.prices_include_tax);
        fault.expected.push_back({.type = "break",
                                  .definition = "orders_to_payments",
                                  .reason = "missing_left",
                                  .subject = order.charge_id,
                                  .at_risk = money_of(trade, total)});
    }
    fault.expected.push_back({.type = "volume_anomaly",
                              .definition = "order_volume",
                              .reason = {},
                              .subject = date,
                              .at_risk = {}});
    fault.sentence = "On " + date + " no order of the shop arrived; the " +
                     std::to_string(fault.expected.size() - 1) + " payments for them did.";
    faults.push_back(std::move(fault));
}

void plant_unsent_refund(Trade& trade, std::vector<PlantedFault>& faults) {
    const auto order = std::find_if(trade.orders.begin(), trade.orders.end(), [](const auto& one) {
        return one.day == unsent_refund_day && !one.refund && one.lines.size() > 1;
    });
    order->refund = refund_of(trade, *order, {0}, trade.at(unsent_refund_day + 5, 11 * hour));
    order->refund->is_in_crm = false;
    const Money amount = money_of(trade, order->refund->amount);
    faults.push_back({.name = "refund_not_sent_to_crm",
                      .client = trade.profile.client,
                      .sentence = "Order " + std::to_string(order->id) + " was refunded " +
                                  amount.text() + "; the CRM was never told.",
                      .expected = {{.type = "break",
                                    .definition = "refunds_to_crm",
                                    .reason = "missing_left",
                                    .subject = std::to_string(order->id),
                                    .at_risk = amount}}});
}

void plant_late_refunds(Trade& trade, std::vector<PlantedFault>& faults) {
    std::int64_t amount = 0;
    std::size_t count = 0;
    for (TradeOrder& order : trade.orders) {
        if (order.day != late_refund_order_day || order.refund || count == late_refund_count) {
            continue;
        }
        const auto minutes = static_cast<std::int64_t>(count++) * 25 * 60;
        order.refund = refund_of(trade, order, {0}, trade.at(late_refund_day, 15 * hour + minutes));
        order.refund->exported_at = trade.at(late_refund_export_day, 11 * hour + minutes);
        order.refund->paid_at = trade.at(late_refund_export_day, 11 * hour + minutes + 40);
        amount += order.refund->amount;
    }
    const std::string date = trade.date_of(late_refund_day).text();
    PlantedFault fault{.name = "late_refunds_restate_a_day",
                       .client = trade.profile.client,
                       .sentence = std::to_string(count) + " refunds of " + date + ", " +
                                   money_of(trade, amount).text() +
                                   ", were exported after the day was published."};
    // A restated day is one exception; of the figures that move, total sales moves most.
    fault.expected.push_back({.type = "restatement",
                              .definition = "total_sales",
                              .reason = {},
                              .subject = date,
                              .at_risk = money_of(trade, amount)});
    faults.push_back(std::move(fault));
}

void plant_misspelt_campaign(Trade& trade, std::vector<PlantedFault>& faults) {
    std::int64_t hidden = 0;
    int count = 0;
    for (TradeOrder& order : trade.orders) {
        if (order.day < misspelt_day_first || order.day > misspelt_day_last) continue;
        if (order.touch.campaign != campaign_meant) continue;
        order.touch.campaign = campaign_misspelt;
        // Buyers of this one order alone: no later visit of theirs inherits the misspelt click.
        order.customer = add_customer(trade, order.created_at);
        hidden += order.goods() - order.discount() - (order.tax() - order.shipping_tax);
        ++count;
    }
    const Money amount = money_of(trade, hidden);
    faults.push_back({.name = "misspelt_campaign",
                      .client = trade.profile.client,
                      .sentence = std::to_string(count) + " orders, " + amount.text() +
                                  " before returns, came with utm_campaign=" + campaign_misspelt +
                                  ", which hides them from " + campaign_meant + ".",
                      .expected = {{.type = "unknown_campaign",
                                    .definition = "last_touch",
                                    .reason = {},
                                    .subject = campaign_misspelt,
                                    .at_risk = amount}}});
}

}  // namespace

void plant_order_faults(Trade& trade, std::vector<PlantedFault>& faults) {
    if (trade.profile.client == "kiosk_berlin") {
        plant_unsent_refund(trade, faults);
        plant_late_refunds(trade, faults);
        plant_misspelt_campaign(trade, faults);
    }
    if (trade.profile.client == "sakura_goods") plant_missing_webhooks(trade, faults);
}

}  // namespace meshline
