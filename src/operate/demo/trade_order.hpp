#pragma once

#include "base/time/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

struct TradeCustomer {
    std::int64_t id;          ///< At the shop.
    std::int64_t contact_id;  ///< At the CRM.
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string country;
    Instant created_at;
};

struct TradeLine {
    std::int64_t id;
    std::size_t product;  ///< Index into the profile's products.
    int quantity;
    std::int64_t price;     ///< Of one piece.
    std::int64_t discount;  ///< Of the whole line.
    std::int64_t tax;       ///< Of the whole line after discount; inside the price or on top of it.

    std::int64_t discounted() const { return price * quantity - discount; }
};

/// Lines given back whole.
struct TradeRefund {
    std::int64_t id;
    std::vector<std::size_t> lines;
    std::int64_t goods;  ///< Discounted value of the lines as the shop shows it.
    std::int64_t tax;
    std::int64_t amount;  ///< What the buyer gets back.
    Instant processed_at;
    Instant exported_at;  ///< When the shop's export shows it.
    Instant paid_at;      ///< When the processor sends the money.
    bool is_in_crm = true;
};

/// The click that led to the order; all empty for a direct visit.
struct TradeTouch {
    std::string source;
    std::string medium;
    std::string campaign;
    std::string referrer;
};

struct TradeOrder {
    std::int64_t id;
    int number;
    int day;  ///< Of the demo, 0 to 89.
    Instant created_at;
    std::size_t customer;
    std::vector<TradeLine> lines;
    std::int64_t shipping = 0;
    std::int64_t shipping_tax = 0;
    std::string discount_code;
    TradeTouch touch;
    std::optional<TradeRefund> refund;
    bool is_delivered = true;  ///< To the log and the CRM; false on the day without webhooks.
    std::string charge_id;     ///< Of the processor.

    std::int64_t goods() const;
    std::int64_t discount() const;
    std::int64_t tax() const;  ///< With the shipping's.
    std::int64_t total(bool prices_include_tax) const;
};

}  // namespace meshline
