#include "base/json/json.hpp"
#include "operate/demo/records.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

using Kind = TradeDeal::Kind;

/// HubSpot writes milliseconds always.
std::string millis_text(Instant instant) {
    std::string text = Instant{unix_seconds(instant) * 1'000'000}.text();
    text.pop_back();
    return text + ".000Z";
}

const char* stage_of(const TradeDeal& deal, bool is_closed) {
    if (!is_closed) return "checkout_pending";
    return deal.kind == Kind::abandoned ? "closedlost" : "closedwon";
}

void write_stage(JsonWriter& json, const char* stage, Instant entered_at) {
    json.begin_object()
        .member("value", stage)
        .member("timestamp", millis_text(entered_at))
        .member("sourceType", "INTEGRATION")
        .end_object();
}

void write_deal(JsonWriter& json, const Trade& trade, const TradeDeal& deal, bool is_closed) {
    const bool is_won = is_closed && deal.kind != Kind::abandoned;
    const std::string updated_at = millis_text(is_closed ? deal.closed_at : deal.created_at);
    json.begin_object().member("id", std::to_string(deal.id));
    json.key("properties")
        .begin_object()
        .member("dealname", deal.name)
        .member("amount", amount_text(trade, deal.amount))
        .member("deal_currency_code", trade.profile.currency)
        .member("createdate", millis_text(deal.created_at))
        .member("closedate", millis_text(deal.closed_at))
        .member("pipeline", "ecommerce")
        .member("dealstage", stage_of(deal, is_closed))
        .member("hs_is_closed", is_closed ? "true" : "false")
        .member("hs_is_closed_won", is_won ? "true" : "false")
        .member("hs_is_closed_lost", is_closed && !is_won ? "true" : "false");
    json.key("order_id");
    deal.order_ref.empty() ? json.null() : json.string(deal.order_ref);
    json.member("hs_lastmodifieddate", updated_at).end_object();
    json.key("propertiesWithHistory").begin_object().key("dealstage").begin_array();
    if (is_closed) write_stage(json, stage_of(deal, true), deal.closed_at);
    write_stage(json, stage_of(deal, false), deal.created_at);
    json.end_array().end_object();
    json.key("associations").begin_object().key("contacts").begin_object();
    json.key("results").begin_array();
    json.begin_object()
        .member("id", std::to_string(trade.customers[deal.customer].contact_id))
        .member("type", "deal_to_contact")
        .end_object();
    json.end_array().end_object().end_object();
    json.member("createdAt", millis_text(deal.created_at))
        .member("updatedAt", updated_at)
        .member("archived", false)
        .end_object();
}

}  // namespace

std::string write_hubspot_deals(const Trade& trade, const ExportWindow& window) {
    JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const TradeDeal& deal : trade.deals) {
        const bool is_closed = deal.closed_at <= window.until;
        if (!window.holds(is_closed ? deal.closed_at : deal.created_at)) continue;
        write_deal(json, trade, deal, is_closed);
    }
    json.end_array().end_object();
    return json.take();
}

std::string write_hubspot_contacts(const Trade& trade, const ExportWindow& window) {
    JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const TradeCustomer& customer : trade.customers) {
        if (!window.holds(customer.created_at)) continue;
        const std::string created_at = millis_text(customer.created_at);
        json.begin_object().member("id", std::to_string(customer.contact_id));
        json.key("properties")
            .begin_object()
            .member("email", customer.email)
            .member("firstname", customer.first_name)
            .member("lastname", customer.last_name)
            .member("lifecyclestage", "customer")
            .member("createdate", created_at)
            .member("lastmodifieddate", created_at)
            .end_object();
        json.member("createdAt", created_at)
            .member("updatedAt", created_at)
            .member("archived", false)
            .end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace meshline
