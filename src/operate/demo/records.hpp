#pragma once

#include "operate/demo/trade.hpp"

#include <cstdint>
#include <string>

namespace meshline {

/// An export holds what was made or changed after `after`, as it stood at `until`.
struct ExportWindow {
    Instant after;
    Instant until;

    bool holds(Instant changed_at) const { return after < changed_at && changed_at <= until; }
};

/// Shopify REST orders with lines, discounts, tax and refunds nested; one order a line.
std::string write_shopify_orders(const Trade& trade, const ExportWindow& window);
/// Stripe lists: {"object": "list", "data": [...]}; balance transactions with `source` expanded and
/// the payout they were listed under.
std::string write_stripe_balance_transactions(const Trade& trade, const ExportWindow& window);
std::string write_stripe_payouts(const Trade& trade, const ExportWindow& window);
/// HubSpot CRM v3 pages: {"results": [...]}.
std::string write_hubspot_deals(const Trade& trade, const ExportWindow& window);
std::string write_hubspot_contacts(const Trade& trade, const ExportWindow& window);
/// Google Ads rows of a search stream, {"results": [...]}, and Meta insights, {"data": [...]}. The
/// rows that `window` holds are those of its days and, as `is_corrected`, those that the platform
/// reported wrongly at first.
std::string write_google_campaign_days(const Trade& trade, const ExportWindow& window,
                                       bool is_corrected);
std::string write_meta_insights(const Trade& trade, const ExportWindow& window);
/// The bank's statement as CSV, in the dialect of the bank's country.
std::string write_bank_statement(const Trade& trade, const ExportWindow& window);

/// "12.50" in the trade's currency, "1250" where it has no decimals.
std::string amount_text(const Trade& trade, std::int64_t minor);
/// RFC 3339 with the shop's own offset: "2026-03-01T10:15:00-05:00". Not for the first hours of a
/// day on which the clocks change.
std::string shop_time_text(const Trade& trade, Instant instant);
std::int64_t unix_seconds(Instant instant);

}  // namespace meshline
