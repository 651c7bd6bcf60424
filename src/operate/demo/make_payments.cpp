#include "operate/demo/trade.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t hour = 3600;
constexpr int friday = 4;
/// Days that a movement rests on the balance before it is paid out.
constexpr int rest_days_daily = 2;
constexpr int rest_days_weekly = 4;

Instant later(Instant instant, std::int64_t seconds) {
    return {instant.micros + seconds * micros_per_second};
}

std::int64_t fee_of(const ShopProfile& profile, std::int64_t amount) {
    return share(amount, profile.fee_per_100k, 100'000) + profile.fee_fixed;
}

BusinessDate next_working_day(BusinessDate date) {
    do {
        ++date.days;
    } while (date.weekday() > friday);
    return date;
}

}  // namespace

TradeMovement charge_of(Trade& trade, const TradeOrder& order, Instant created_at) {
    const std::int64_t amount = order.total(trade.profile.prices_include_tax);
    return {.kind = TradeMovement::Kind::charge,
            .id = "txn_3" + trade.random.letters(23),
            .source_id = order.charge_id,
            .charge_id = order.charge_id,
            .order_ref = std::to_string(order.id),
            .email = trade.customer_of(order).email,
            .created_at = created_at,
            .amount = amount,
            .fee = fee_of(trade.profile, amount)};
}

void make_movements(Trade& trade) {
    for (const TradeOrder& order : trade.orders) {
        const Instant created_at = later(order.created_at, trade.random.between(15, 60));
        trade.movements.push_back(charge_of(trade, order, created_at));
        if (!order.refund) continue;
        // The processor keeps its fee when money goes back.
        trade.movements.push_back({.kind = TradeMovement::Kind::refund,
                                   .id = "txn_3" + trade.random.letters(23),
                                   .source_id = "re_3" + trade.random.letters(23),
                                   .charge_id = order.charge_id,
                                   .order_ref = std::to_string(order.id),
                                   .email = trade.customer_of(order).email,
                                   .created_at = order.refund->paid_at,
                                   .amount = -order.refund->amount});
    }
}

void make_payouts(Trade& trade) {
    const auto by_time = [](const TradeMovement& left, const TradeMovement& right) {
        return left.created_at != right.created_at ? left.created_at < right.created_at
                                                   : left.id < right.id;
    };
    std::sort(trade.movements.begin(), trade.movements.end(), by_time);
    const int rest_days = trade.profile.is_paid_out_weekly ? rest_days_weekly : rest_days_daily;
    std::vector<TradeMovement> payments_out;
    std::size_t open = 0;
    for (int day = rest_days; day < demo_day_count; ++day) {
        const BusinessDate date = trade.date_of(day);
        if (date.weekday() > friday) continue;
        if (trade.profile.is_paid_out_weekly && date.weekday() != friday) continue;
        const Instant limit = trade.at(day - rest_days + 1, 0);
        std::int64_t net = 0;
        const std::size_t first = open;
        for (; open < trade.movements.size() && trade.movements[open].created_at < limit; ++open) {
            trade.movements[open].payout = trade.payouts.size();
            net += trade.movements[open].net();
        }
        if (open == first) continue;
        TradePayout payout{.id = "po_1" + trade.random.letters(23),
                           .trace = "ST-" + trade.random.letters(12),
                           .created_at = trade.at(day, 9 * hour),
                           .arrival_on = next_working_day(date),
                           .amount = net};
        payments_out.push_back({.kind = TradeMovement::Kind::payout,
                                .id = "txn_1" + trade.random.letters(23),
                                .source_id = payout.id,
                                .created_at = payout.created_at,
                                .amount = -net,
                                .payout = trade.payouts.size()});
        trade.payouts.push_back(std::move(payout));
    }
    trade.movements.insert(trade.movements.end(), payments_out.begin(), payments_out.end());
    std::sort(trade.movements.begin(), trade.movements.end(), by_time);
}

}  // namespace meshline
