#pragma once

#include "base/json/json.hpp"
#include "operate/demo/demo.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace meshline {

/// The demo's records as a reader of the exported files sees them, for tests: of each object the
/// state delivered last. Amounts are millionths of the currency.
struct SeenRefund {
    std::string processed_on;  ///< As written, cut to the date.
    std::int64_t goods = 0;
    std::int64_t tax = 0;
    std::int64_t sent_back = 0;  ///< The refund's own transaction.
};

struct SeenOrder {
    std::string id;
    std::string created_on;
    std::string email;
    std::string landing_site;
    std::string referring_site;
    bool is_tax_included = false;
    std::int64_t total = 0;
    std::int64_t goods = 0;     ///< Price x quantity of the lines.
    std::int64_t discount = 0;  ///< Of the lines.
    std::int64_t line_tax = 0;
    std::int64_t shipping = 0;
    std::int64_t total_tax = 0;
    std::vector<SeenRefund> refunds;
};

struct SeenMovement {
    std::string id;
    std::string kind;
    std::string source_id;
    std::string order_ref;
    std::string payout_ref;
    std::string email;
    std::int64_t created = 0;
    std::int64_t amount = 0;
    std::int64_t fee = 0;
    std::int64_t net = 0;
};

struct SeenPayout {
    std::string status;
    std::int64_t arrival = 0;
    std::int64_t amount = 0;
};

struct SeenDeal {
    std::string id;
    std::string order_ref;
    bool is_won = false;
    std::int64_t amount = 0;
};

struct SeenBankLine {
    std::string payout_ref;
    std::int64_t amount = 0;
};

struct SeenShop {
    std::string currency;
    std::int64_t minor_micros = 0;  ///< One minor unit.
    std::map<std::string, SeenOrder> orders;
    std::map<std::string, SeenMovement> movements;
    std::map<std::string, SeenPayout> payouts;
    std::map<std::string, SeenDeal> deals;
    std::map<std::string, std::string> contact_emails;
    std::vector<SeenBankLine> bank_lines;
    /// "campaign id/date" -> spend; the raw value where it is no text.
    std::map<std::string, std::string> spend;
    std::map<std::string, std::string> campaign_names;  ///< By id.
};

/// The demo of demo_seed, generated once for all tests of the program.
const Demo& shared_demo();
/// Client -> what the first round of it delivered, or both.
const std::map<std::string, SeenShop>& seen_after_first_round();
const std::map<std::string, SeenShop>& seen_after_both_rounds();

}  // namespace meshline
