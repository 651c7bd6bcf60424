#include "operate/demo/trade.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t hour = 3600;
constexpr int abandoned_per_mille = 25;

Instant later(Instant instant, std::int64_t seconds) {
    return {instant.micros + seconds * micros_per_second};
}

}  // namespace

void make_deals(Trade& trade) {
    const ShopProfile& profile = trade.profile;
    std::int64_t id = 38'000'000'000 + profile.order_id_first / 1000;
    const auto add = [&](TradeDeal deal) {
        id += trade.random.between(3, 90);
        deal.id = id;
        trade.deals.push_back(std::move(deal));
    };
    for (const TradeOrder& order : trade.orders) {
        const std::string name = profile.order_prefix + std::to_string(order.number);
        // What the shop's webhooks did not tell, the CRM does not know either.
        if (order.is_delivered) {
            add({.kind = TradeDeal::Kind::sale,
                 .name = "Order #" + name,
                 .order_ref = std::to_string(order.id),
                 .customer = order.customer,
                 .amount = order.total(profile.prices_include_tax),
                 .created_at = later(order.created_at, 5),
                 .closed_at = later(order.created_at, trade.random.between(60, 240))});
        }
        if (order.refund && order.refund->is_in_crm) {
            add({.kind = TradeDeal::Kind::refund,
                 .name = "Refund of #" + name,
                 .order_ref = std::to_string(order.id),
                 .customer = order.customer,
                 .amount = -order.refund->amount,
                 .created_at = later(order.refund->paid_at, 60),
                 .closed_at = later(order.refund->paid_at, 180)});
        }
        if (trade.random.happens(abandoned_per_mille)) {
            add({.kind = TradeDeal::Kind::abandoned,
                 .name = "Checkout left at " + profile.title,
                 .order_ref = {},
                 .customer = order.customer,
                 .amount = order.goods(),
                 .created_at = later(order.created_at, hour),
                 .closed_at = later(order.created_at, 73 * hour)});
        }
    }
}

void make_ad_days(Trade& trade) {
    for (int day = 0; day < demo_day_count; ++day) {
        for (std::size_t index = 0; index < trade.profile.campaigns.size(); ++index) {
            const DemoCampaign& campaign = trade.profile.campaigns[index];
            if (campaign.platform == DemoCampaign::Platform::email) continue;
            if (day < campaign.day_first || day > campaign.day_last) continue;
            TradeAdDay row{.campaign = index, .day = day};
            row.spend = share(campaign.daily_spend, 1000 + trade.random.between(-70, 70), 1000);
            row.clicks = trade.random.between(40, 140);
            row.impressions = row.clicks * trade.random.between(22, 48);
            trade.ad_days.push_back(row);
        }
    }
}

}  // namespace meshline
