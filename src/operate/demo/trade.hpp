#pragma once

#include "base/money/currency.hpp"
#include "base/result/result.hpp"
#include "base/time/zone.hpp"
#include "operate/demo/seeded_random.hpp"
#include "operate/demo/shop_profile.hpp"
#include "operate/demo/trade_order.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

inline constexpr int demo_day_count = 90;

/// One balance transaction of the processor.
struct TradeMovement {
    enum class Kind : std::uint8_t { charge, refund, payout };
    Kind kind;
    std::string id;
    std::string source_id;  ///< The charge, refund or payout it stands for.
    std::string charge_id;
    std::string order_ref;
    std::string email;
    Instant created_at;
    std::int64_t amount;  ///< Signed as the balance sees it.
    std::int64_t fee = 0;
    std::optional<std::size_t> payout;

    std::int64_t net() const { return amount - fee; }
};

struct TradePayout {
    std::string id;
    std::string trace;  ///< What the bank statement repeats.
    Instant created_at;
    BusinessDate arrival_on;
    std::int64_t amount;
};

struct TradeDeal {
    enum class Kind : std::uint8_t { sale, refund, abandoned };
    Kind kind;
    std::int64_t id;
    std::string name;
    std::string order_ref;
    std::size_t customer;
    std::int64_t amount;
    Instant created_at;
    Instant closed_at;
};

struct TradeAdDay {
    std::size_t campaign;  ///< Index into the profile's campaigns.
    int day;
    std::int64_t spend;
    std::int64_t clicks;
    std::int64_t impressions;
    std::int64_t spend_at_first = 0;  ///< What the first export said, where it differs; else 0.
    bool is_schema_changed = false;   ///< The record is written in the shape that breaks.
};

/// What truly happened at one shop. The records of every platform are views of it, so they agree
/// with each other wherever a fault does not bend one of them.
struct Trade {
    ShopProfile profile;
    Currency currency;
    BusinessCalendar calendar;
    BusinessDate from;
    SeededRandom random;
    std::vector<TradeCustomer> customers;
    std::vector<TradeOrder> orders;  ///< By time.
    std::vector<TradeMovement> movements;
    std::vector<TradePayout> payouts;
    std::vector<TradeDeal> deals;
    std::vector<TradeAdDay> ad_days;

    BusinessDate date_of(int day) const { return {from.days + day}; }
    Instant at(int day, std::int64_t seconds_after_midnight) const;
    const TradeCustomer& customer_of(const TradeOrder& order) const;
};

Result<Trade> open_trade(const ShopProfile& profile, BusinessDate from, std::uint64_t seed);

/// Customers, orders and their refunds, day by day.
void make_orders(Trade& trade);
/// A customer who first appears with the order placed at `created_at`.
std::size_t add_customer(Trade& trade, Instant created_at);
/// A refund of the order's `lines`, seen by every system at `processed_at`.
TradeRefund refund_of(Trade& trade, const TradeOrder& order, std::vector<std::size_t> lines,
                      Instant processed_at);

/// The processor's charges and refunds of the orders.
void make_movements(Trade& trade);
/// The payment of the order under its charge id.
TradeMovement charge_of(Trade& trade, const TradeOrder& order, Instant created_at);
/// Payouts of what the movements leave on the balance.
void make_payouts(Trade& trade);

/// A won deal per order, a negative one per refund, and abandoned checkouts.
void make_deals(Trade& trade);
void make_ad_days(Trade& trade);

/// `part` / `whole` of `value`, a tie away from zero. `value` is not negative.
std::int64_t share(std::int64_t value, std::int64_t part, std::int64_t whole);

}  // namespace meshline
