#include "operate/demo/demo.hpp"
#include "operate/demo/demo_workspace.hpp"
#include "operate/demo/faults.hpp"
#include "operate/demo/records.hpp"
#include "operate/demo/trade.hpp"

#include <array>
#include <utility>

namespace meshline {
namespace {

constexpr std::int64_t hour = 3600;
/// The exports are fetched early in the morning after their last day.
constexpr std::int64_t fetched_at_second = 5 * hour;

/// Days until the end of each delivery: the history at first, then three of five days.
constexpr std::array delivered_until_day = {75, 80, 85, 90};
/// A run follows the first delivery and the last.
constexpr std::size_t first_round_deliveries = 1;

/// The low spend is read again with the second delivery.
constexpr std::size_t corrected_delivery = 1;

Result<Trade> make_trade(const ShopProfile& profile, BusinessDate from, std::uint64_t seed,
                         std::vector<PlantedFault>& faults) {
    MESHLINE_ASSIGN(Trade trade, open_trade(profile, from, seed));
    make_orders(trade);
    plant_order_faults(trade, faults);
    make_movements(trade);
    plant_payment_faults(trade, faults);
    make_payouts(trade);
    plant_payout_faults(trade, faults);
    make_deals(trade);
    plant_deal_faults(trade, faults);
    make_ad_days(trade);
    plant_ad_faults(trade, faults);
    return trade;
}

void deliver(const Trade& trade, std::size_t delivery, DemoRound& round) {
    const int until_day = delivered_until_day[delivery];
    const ExportWindow window{
        .after = delivery == 0 ? Instant{} : trade.at(delivered_until_day[delivery - 1], 0),
        .until = trade.at(until_day, 0)};
    const std::string last_date = trade.date_of(until_day - 1).text();
    const auto add = [&](const char* source, const char* stream, const char* ending,
                         std::string text) {
        round.deliveries.push_back({.received_at = trade.at(until_day, fetched_at_second),
                                    .client = trade.profile.client,
                                    .source = source,
                                    .stream = stream,
                                    .file_name = std::string(stream) + "_" + last_date + ending,
                                    .text = std::move(text)});
    };
    add("shop", "orders", ".ndjson", write_shopify_orders(trade, window));
    add("stripe", "balance_transactions", ".json",
        write_stripe_balance_transactions(trade, window));
    add("stripe", "payouts", ".json", write_stripe_payouts(trade, window));
    add("bank", "statement_lines", ".csv", write_bank_statement(trade, window));
    add("hubspot", "contacts", ".json", write_hubspot_contacts(trade, window));
    add("hubspot", "deals", ".json", write_hubspot_deals(trade, window));
    add("google_ads", "campaign_days", ".json",
        write_google_campaign_days(trade, window, delivery == corrected_delivery));
    add("meta_ads", "insights", ".json", write_meta_insights(trade, window));
}

}  // namespace

Result<Demo> generate_demo(std::uint64_t seed) {
    MESHLINE_ASSIGN(const auto from, BusinessDate::from_civil(2026, 1, 1));
    Demo demo{.from = from, .to = {from.days + demo_day_count - 1}};
    std::vector<Trade> trades;
    for (const ShopProfile& profile : demo_shops()) {
        MESHLINE_ASSIGN(auto trade, make_trade(profile, from, seed, demo.faults));
        trades.push_back(std::move(trade));
    }
    demo.rounds.resize(2);
    for (std::size_t delivery = 0; delivery < delivered_until_day.size(); ++delivery) {
        // A day ends in the east first, so the deliveries are in order of time.
        for (auto trade = trades.rbegin(); trade != trades.rend(); ++trade) {
            deliver(*trade, delivery, demo.rounds[delivery < first_round_deliveries ? 0 : 1]);
        }
    }
    demo.workspace = demo_workspace_files();
    return demo;
}

}  // namespace meshline
