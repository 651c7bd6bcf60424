#include "base/json/json.hpp"
#include "operate/demo/records.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

bool is_refund_shown(const TradeOrder& order, const ExportWindow& window) {
    return order.refund && order.refund->exported_at <= window.until;
}

Instant changed_at(const TradeOrder& order, const ExportWindow& window) {
    return is_refund_shown(order, window) ? order.refund->exported_at : order.created_at;
}

/// "0.08875" for 8875 of 100,000.
std::string rate_text(int per_100k) {
    std::string digits = fmt::format("{:05}", per_100k);
    while (digits.size() > 2 && digits.back() == '0')
        digits.pop_back();
    return "0." + digits;
}

void write_tax_lines(JsonWriter& json, const Trade& trade, std::int64_t tax, int per_100k) {
    json.key("tax_lines").begin_array();
    json.begin_object()
        .member("title", trade.profile.currency == "USD" ? "Sales Tax" : "VAT")
        .member("price", amount_text(trade, tax))
        .key("rate")
        .raw(rate_text(per_100k))
        .end_object();
    json.end_array();
}

void write_lines(JsonWriter& json, const Trade& trade, const TradeOrder& order) {
    json.key("line_items").begin_array();
    for (const TradeLine& line : order.lines) {
        const DemoProduct& product = trade.profile.products[line.product];
        json.begin_object()
            .member("id", line.id)
            .member("product_id", product.id)
            .member("variant_id", product.id * 10 + 1)
            .member("sku", product.sku)
            .member("title", product.title)
            .member("quantity", line.quantity)
            .member("price", amount_text(trade, line.price))
            .member("gift_card", false)
            .member("taxable", true);
        json.key("discount_allocations").begin_array();
        if (line.discount != 0) {
            json.begin_object()
                .member("amount", amount_text(trade, line.discount))
                .member("discount_application_index", 0)
                .end_object();
        }
        json.end_array();
        write_tax_lines(json, trade, line.tax, product.tax_per_100k);
        json.end_object();
    }
    json.end_array();
    json.key("shipping_lines").begin_array();
    if (order.shipping != 0) {
        json.begin_object()
            .member("id", order.id * 10)
            .member("code", "standard")
            .member("title", "Standard")
            .member("price", amount_text(trade, order.shipping))
            .member("discounted_price", amount_text(trade, order.shipping));
        write_tax_lines(json, trade, order.shipping_tax, trade.profile.shipping_tax_per_100k);
        json.end_object();
    }
    json.end_array();
}

void write_refunds(JsonWriter& json, const Trade& trade, const TradeOrder& order, bool is_shown) {
    json.key("refunds").begin_array();
    if (is_shown) {
        const TradeRefund& refund = *order.refund;
        const std::string processed_at = shop_time_text(trade, refund.processed_at);
        json.begin_object()
            .member("id", refund.id)
            .member("order_id", order.id)
            .member("created_at", processed_at)
            .member("processed_at", processed_at)
            .member("note", "")
            .member("restock", true);
        json.key("refund_line_items").begin_array();
        for (const std::size_t index : refund.lines) {
            const TradeLine& line = order.lines[index];
            // Shopify writes these two as JSON numbers, the rest of its money as text.
            json.begin_object()
                .member("id", line.id + 5'000'000'000'000)
                .member("line_item_id", line.id)
                .member("quantity", line.quantity)
                .member("restock_type", "return")
                .key("subtotal")
                .raw(amount_text(trade, line.discounted()))
                .key("total_tax")
                .raw(amount_text(trade, line.tax))
                .end_object();
        }
        json.end_array();
        json.key("order_adjustments").begin_array().end_array();
        json.key("transactions").begin_array();
        json.begin_object()
            .member("id", refund.id + 1)
            .member("order_id", order.id)
            .member("kind", "refund")
            .member("gateway", "stripe")
            .member("status", "success")
            .member("amount", amount_text(trade, refund.amount))
            .member("currency", trade.profile.currency)
            .end_object();
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

std::string landing_site(const Trade& trade, const TradeOrder& order) {
    const TradeTouch& touch = order.touch;
    if (touch.campaign.empty()) return "/";
    const DemoProduct& product = trade.profile.products[order.lines.front().product];
    return fmt::format("/products/{}?utm_source={}&utm_medium={}&utm_campaign={}", product.sku,
                       touch.source, touch.medium, touch.campaign);
}

void write_buyer(JsonWriter& json, const Trade& trade, const TradeOrder& order) {
    const TradeCustomer& customer = trade.customer_of(order);
    json.member("email", customer.email);
    json.key("customer")
        .begin_object()
        .member("id", customer.id)
        .member("email", customer.email)
        .member("first_name", customer.first_name)
        .member("last_name", customer.last_name)
        .end_object();
    for (const char* address : {"billing_address", "shipping_address"}) {
        json.key(address)
            .begin_object()
            .member("first_name", customer.first_name)
            .member("last_name", customer.last_name)
            .member("country_code", customer.country)
            .end_object();
    }
    json.member("landing_site", landing_site(trade, order));
    json.key("referring_site");
    order.touch.referrer.empty() ? json.null() : json.string(order.touch.referrer);
}

void write_totals(JsonWriter& json, const Trade& trade, const TradeOrder& order) {
    const std::int64_t total = order.total(trade.profile.prices_include_tax);
    json.member("currency", trade.profile.currency)
        .member("presentment_currency", trade.profile.currency)
        .member("taxes_included", trade.profile.prices_include_tax)
        .member("total_line_items_price", amount_text(trade, order.goods()))
        .member("total_discounts", amount_text(trade, order.discount()))
        .member("subtotal_price", amount_text(trade, order.goods() - order.discount()))
        .member("total_tax", amount_text(trade, order.tax()))
        .member("total_price", amount_text(trade, total));
    json.key("total_price_set").begin_object();
    for (const char* money : {"shop_money", "presentment_money"}) {
        json.key(money)
            .begin_object()
            .member("amount", amount_text(trade, total))
            .member("currency_code", trade.profile.currency)
            .end_object();
    }
    json.end_object();
}

void write_discounts(JsonWriter& json, const Trade& trade, const TradeOrder& order) {
    json.key("discount_codes").begin_array();
    if (!order.discount_code.empty()) {
        json.begin_object()
            .member("code", order.discount_code)
            .member("amount", amount_text(trade, order.discount()))
            .member("type", "percentage")
            .end_object();
    }
    json.end_array();
}

const char* financial_status(const TradeOrder& order, bool is_refund_visible) {
    if (!is_refund_visible) return "paid";
    return order.refund->lines.size() == order.lines.size() && order.shipping == 0
               ? "refunded"
               : "partially_refunded";
}

std::string write_order(const Trade& trade, const TradeOrder& order, const ExportWindow& window) {
    const bool is_shown = is_refund_shown(order, window);
    const std::string created_at = shop_time_text(trade, order.created_at);
    JsonWriter json;
    json.begin_object()
        .member("id", order.id)
        .member("name", fmt::format("#{}{}", trade.profile.order_prefix, order.number))
        .member("order_number", order.number)
        .member("created_at", created_at)
        .member("processed_at", created_at)
        .member("updated_at", shop_time_text(trade, changed_at(order, window)))
        .member("test", false)
        .member("source_name", "web")
        .member("financial_status", financial_status(order, is_shown))
        .member("fulfillment_status", "fulfilled");
    json.key("payment_gateway_names").begin_array().string("stripe").end_array();
    write_totals(json, trade, order);
    write_discounts(json, trade, order);
    write_buyer(json, trade, order);
    write_lines(json, trade, order);
    write_refunds(json, trade, order, is_shown);
    json.end_object();
    return json.take();
}

}  // namespace

std::string write_shopify_orders(const Trade& trade, const ExportWindow& window) {
    std::string text;
    for (const TradeOrder& order : trade.orders) {
        if (!order.is_delivered || !window.holds(changed_at(order, window))) continue;
        text += write_order(trade, order, window);
        text += '\n';
    }
    return text;
}

}  // namespace meshline
