#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "operate/demo/records.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

using Kind = TradeMovement::Kind;

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t available_days = 2;

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::charge:
            return "charge";
        case Kind::refund:
            return "refund";
        case Kind::payout:
            break;
    }
    return "payout";
}

/// The payout's arrival counted from midnight UTC, as Stripe states it.
std::int64_t arrival_seconds(const TradePayout& payout) {
    return payout.arrival_on.days * seconds_per_day;
}

const TradePayout* payout_known(const Trade& trade, const TradeMovement& movement,
                                const ExportWindow& window) {
    if (!movement.payout) return nullptr;
    const TradePayout& payout = trade.payouts[*movement.payout];
    return payout.created_at <= window.until ? &payout : nullptr;
}

/// A movement changes once, when a payout takes it from the balance.
Instant changed_at(const Trade& trade, const TradeMovement& movement, const ExportWindow& window) {
    const TradePayout* payout = payout_known(trade, movement, window);
    return payout != nullptr ? payout->created_at : movement.created_at;
}

void write_source(JsonWriter& json, const Trade& trade, const TradeMovement& movement) {
    json.key("source")
        .begin_object()
        .member("id", movement.source_id)
        .member("object", name_of(movement.kind))
        .member("amount", movement.kind == Kind::charge ? movement.amount : -movement.amount)
        .member("currency", to_lower_ascii(trade.profile.currency))
        .member("created", unix_seconds(movement.created_at));
    if (movement.kind == Kind::payout) {
        json.member("arrival_date", arrival_seconds(trade.payouts[*movement.payout]));
    } else {
        json.member("status", "succeeded");
        if (movement.kind == Kind::refund) json.member("charge", movement.charge_id);
        if (movement.kind == Kind::charge) json.member("receipt_email", movement.email);
        json.key("metadata").begin_object().member("order_id", movement.order_ref).end_object();
    }
    json.end_object();
}

void write_movement(JsonWriter& json, const Trade& trade, const TradeMovement& movement,
                    const ExportWindow& window) {
    const std::string currency = to_lower_ascii(trade.profile.currency);
    const TradePayout* payout = payout_known(trade, movement, window);
    json.begin_object()
        .member("id", movement.id)
        .member("object", "balance_transaction")
        .member("amount", movement.amount)
        .member("fee", movement.fee)
        .member("net", movement.net())
        .member("currency", currency)
        .member("created", unix_seconds(movement.created_at))
        .member("available_on",
                unix_seconds(movement.created_at) + available_days * seconds_per_day)
        .member("type", name_of(movement.kind))
        .member("reporting_category", name_of(movement.kind))
        .member("status", payout != nullptr ? "available" : "pending");
    json.key("exchange_rate").null();
    json.key("fee_details").begin_array();
    if (movement.fee != 0) {
        json.begin_object()
            .member("amount", movement.fee)
            .member("currency", currency)
            .member("description", "Stripe processing fees")
            .member("type", "stripe_fee")
            .end_object();
    }
    json.end_array();
    write_source(json, trade, movement);
    json.key("payout");
    payout != nullptr ? json.string(payout->id) : json.null();
    json.end_object();
}

/// Stripe calls a payout paid when its arrival day, at the bank, is over.
Instant paid_at(const Trade& trade, const TradePayout& payout) {
    return trade.calendar.start_of({payout.arrival_on.days + 1});
}

}  // namespace

std::string write_stripe_balance_transactions(const Trade& trade, const ExportWindow& window) {
    JsonWriter json;
    json.begin_object().member("object", "list").key("data").begin_array();
    for (const TradeMovement& movement : trade.movements) {
        if (!window.holds(changed_at(trade, movement, window))) continue;
        write_movement(json, trade, movement, window);
    }
    json.end_array().member("has_more", false).end_object();
    return json.take();
}

std::string write_stripe_payouts(const Trade& trade, const ExportWindow& window) {
    JsonWriter json;
    json.begin_object().member("object", "list").key("data").begin_array();
    for (const TradePayout& payout : trade.payouts) {
        const Instant changed = paid_at(trade, payout);
        const bool is_paid = changed <= window.until;
        if (!window.holds(is_paid ? changed : payout.created_at)) continue;
        json.begin_object()
            .member("id", payout.id)
            .member("object", "payout")
            .member("amount", payout.amount)
            .member("currency", to_lower_ascii(trade.profile.currency))
            .member("created", unix_seconds(payout.created_at))
            .member("arrival_date", arrival_seconds(payout))
            .member("automatic", true)
            .member("method", "standard")
            .member("type", "bank_account")
            .member("status", is_paid ? "paid" : "in_transit")
            .member("reconciliation_status", "completed")
            .member("statement_descriptor", payout.trace)
            .end_object();
    }
    json.end_array().member("has_more", false).end_object();
    return json.take();
}

}  // namespace meshline
