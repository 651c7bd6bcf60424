#include "base/text/text.hpp"
#include "operate/demo/trade.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace meshline {
namespace {

using Platform = DemoCampaign::Platform;

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t hour = 3600;
/// Of a thousand orders.
constexpr int discounted_per_mille = 130;
constexpr int refunded_per_mille = 45;
constexpr int returning_per_mille = 320;
constexpr int discount_percent = 10;

/// Where a thousand orders come from: a campaign, a search, another site, straight to the shop.
constexpr std::array touch_weights = {560, 160, 60, 220};
constexpr std::array<int, 16> hour_weights = {2, 3, 5, 7, 8, 8, 9, 9, 8, 7, 7, 8, 9, 8, 5, 3};
constexpr std::int64_t first_hour = 7;
constexpr std::array quantity_weights = {70, 20, 7, 3};
constexpr std::array line_count_weights = {45, 35, 20};

int order_count_of(Trade& trade, int day) {
    const ShopProfile& profile = trade.profile;
    const auto weekday = static_cast<std::size_t>(trade.date_of(day).weekday());
    std::int64_t level = std::int64_t{profile.orders_per_day} * profile.weekday_per_mille[weekday];
    level = share(level, 1000 * demo_day_count + std::int64_t{profile.growth_per_mille} * day,
                  1000 * demo_day_count);
    // Three draws together are near a bell, and bounded: no ordinary day looks like an anomaly.
    std::int64_t noise = 0;
    for (int draw = 0; draw < 3; ++draw)
        noise += trade.random.between(-30, 30);
    return static_cast<int>(share(level, 1000 + noise, 1000 * 1000));
}

TradeTouch touch_of(Trade& trade, int day) {
    const std::size_t kind = trade.random.pick(touch_weights);
    if (kind == 1) return {.referrer = "https://www.google.com/"};
    if (kind == 2) return {.referrer = "https://www.gift-guide.example/"};
    if (kind == 3) return {};
    std::vector<int> weights;
    for (const DemoCampaign& campaign : trade.profile.campaigns) {
        const bool is_running = campaign.day_first <= day && day <= campaign.day_last;
        weights.push_back(is_running ? campaign.weight : 0);
    }
    const DemoCampaign& campaign = trade.profile.campaigns[trade.random.pick(weights)];
    switch (campaign.platform) {
        case Platform::google:
            return {"google", "cpc", campaign.name, "https://www.google.com/"};
        case Platform::meta:
            return {"facebook", "paid_social", campaign.name, "https://l.facebook.com/"};
        case Platform::email:
            break;
    }
    return {"newsletter", "email", campaign.name, ""};
}

std::int64_t tax_of(std::int64_t value, int tax_per_100k, bool is_included) {
    return share(value, tax_per_100k, 100'000 + (is_included ? tax_per_100k : 0));
}

void add_lines(Trade& trade, TradeOrder& order) {
    const ShopProfile& profile = trade.profile;
    const std::size_t count = 1 + trade.random.pick(line_count_weights);
    const bool is_discounted = trade.random.happens(discounted_per_mille);
    if (is_discounted) order.discount_code = profile.order_prefix + "10";
    std::vector<std::size_t> taken;
    while (taken.size() < count) {
        const auto product = static_cast<std::size_t>(
            trade.random.below(static_cast<std::int64_t>(profile.products.size())));
        if (std::find(taken.begin(), taken.end(), product) != taken.end()) continue;
        taken.push_back(product);
        const DemoProduct& sold = profile.products[product];
        TradeLine line{.id = order.id * 10 + static_cast<std::int64_t>(taken.size()),
                       .product = product,
                       .quantity = 1 + static_cast<int>(trade.random.pick(quantity_weights)),
                       .price = sold.price,
                       .discount = 0,
                       .tax = 0};
        if (is_discounted) line.discount = share(line.price * line.quantity, discount_percent, 100);
        line.tax = tax_of(line.discounted(), sold.tax_per_100k, profile.prices_include_tax);
        order.lines.push_back(line);
    }
    if (order.goods() - order.discount() < profile.free_shipping_from) {
        order.shipping = profile.shipping_price;
        order.shipping_tax =
            tax_of(order.shipping, profile.shipping_tax_per_100k, profile.prices_include_tax);
    }
}

void add_refund(Trade& trade, TradeOrder& order) {
    if (!trade.random.happens(refunded_per_mille)) return;
    const int day = order.day + static_cast<int>(trade.random.between(3, 12));
    const std::int64_t seconds = trade.random.between(10 * hour, 17 * hour);
    const bool is_whole = trade.random.happens(400);
    if (day >= demo_day_count) return;
    std::vector<std::size_t> lines;
    for (std::size_t index = 0; index < (is_whole ? order.lines.size() : 1); ++index) {
        lines.push_back(index);
    }
    order.refund = refund_of(trade, order, std::move(lines), trade.at(day, seconds));
}

std::size_t customer_for(Trade& trade, Instant created_at) {
    if (!trade.customers.empty() && trade.random.happens(returning_per_mille)) {
        return static_cast<std::size_t>(
            trade.random.below(static_cast<std::int64_t>(trade.customers.size())));
    }
    return add_customer(trade, created_at);
}

}  // namespace

std::int64_t share(std::int64_t value, std::int64_t part, std::int64_t whole) {
    return (value * part * 2 + whole) / (whole * 2);
}

std::int64_t TradeOrder::goods() const {
    std::int64_t sum = 0;
    for (const TradeLine& line : lines)
        sum += line.price * line.quantity;
    return sum;
}

std::int64_t TradeOrder::discount() const {
    std::int64_t sum = 0;
    for (const TradeLine& line : lines)
        sum += line.discount;
    return sum;
}

std::int64_t TradeOrder::tax() const {
    std::int64_t sum = shipping_tax;
    for (const TradeLine& line : lines)
        sum += line.tax;
    return sum;
}

std::int64_t TradeOrder::total(bool prices_include_tax) const {
    return goods() - discount() + shipping + (prices_include_tax ? 0 : tax());
}

Instant Trade::at(int day, std::int64_t seconds_after_midnight) const {
    return {calendar.start_of(date_of(day)).micros + seconds_after_midnight * micros_per_second};
}

const TradeCustomer& Trade::customer_of(const TradeOrder& order) const {
    return customers[order.customer];
}

Result<Trade> open_trade(const ShopProfile& profile, BusinessDate from, std::uint64_t seed) {
    MESHLINE_ASSIGN(auto zone, Zone::open(profile.zone));
    MESHLINE_ASSIGN(const auto currency, Currency::from_code(profile.currency));
    return Trade{.profile = profile,
                 .currency = currency,
                 .calendar = BusinessCalendar(std::move(zone), 0),
                 .from = from,
                 .random = SeededRandom(seed, profile.client)};
}

std::size_t add_customer(Trade& trade, Instant created_at) {
    const ShopProfile& profile = trade.profile;
    const auto index = static_cast<std::int64_t>(trade.customers.size());
    const auto drawn = [&](const std::vector<std::string>& names) {
        return names[static_cast<std::size_t>(
            trade.random.below(static_cast<std::int64_t>(names.size())))];
    };
    TradeCustomer customer;
    customer.id = profile.order_id_first / 1000 + 7'000'000'000 + index * 3;
    customer.contact_id = profile.order_id_first / 100'000 + 30'000'000'000 + index * 7;
    customer.first_name = drawn(profile.first_names);
    customer.last_name = drawn(profile.last_names);
    customer.email = to_lower_ascii(customer.first_name) + "." +
                     to_lower_ascii(customer.last_name) + std::to_string(index + 1) +
                     "@mail.example";
    customer.country = trade.random.happens(930) ? profile.countries[0] : profile.countries[1];
    customer.created_at = created_at;
    trade.customers.push_back(std::move(customer));
    return trade.customers.size() - 1;
}

TradeRefund refund_of(Trade& trade, const TradeOrder& order, std::vector<std::size_t> lines,
                      Instant processed_at) {
    TradeRefund refund{.id = order.id + 900'000'000'000,
                       .lines = std::move(lines),
                       .goods = 0,
                       .tax = 0,
                       .amount = 0,
                       .processed_at = processed_at,
                       .exported_at = processed_at,
                       .paid_at = {processed_at.micros + 40 * micros_per_second}};
    for (const std::size_t index : refund.lines) {
        refund.goods += order.lines[index].discounted();
        refund.tax += order.lines[index].tax;
    }
    refund.amount = refund.goods + (trade.profile.prices_include_tax ? 0 : refund.tax);
    return refund;
}

void make_orders(Trade& trade) {
    std::int64_t id = trade.profile.order_id_first;
    int number = 1000;
    for (int day = 0; day < demo_day_count; ++day) {
        std::vector<std::int64_t> seconds;
        const int count = order_count_of(trade, day);
        for (int index = 0; index < count; ++index) {
            const auto drawn = static_cast<std::int64_t>(trade.random.pick(hour_weights));
            seconds.push_back((first_hour + drawn) * hour + trade.random.below(hour));
        }
        std::sort(seconds.begin(), seconds.end());
        for (const std::int64_t second : seconds) {
            id += trade.random.between(900, 40'000) * 32;
            TradeOrder order{.id = id, .number = ++number, .day = day};
            order.created_at = trade.at(day, second);
            order.customer = customer_for(trade, order.created_at);
            order.touch = touch_of(trade, day);
            order.charge_id = "ch_3" + trade.random.letters(23);
            add_lines(trade, order);
            add_refund(trade, order);
            trade.orders.push_back(std::move(order));
        }
    }
}

}  // namespace meshline
