#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

/// The ledger a movement belongs to. Enumerators equal their stored text.
enum class Book : std::uint8_t { commerce, payments, bank, crm, ads, accounting };

inline constexpr std::array book_names = {"commerce", "payments", "bank",
                                          "crm",      "ads",      "accounting"};

/// The closed list of movements. Signs are those of the book's owner, the client: what comes in or
/// is earned is positive, what goes out or is given back is negative.
inline constexpr std::array entry_type_names = {
    // commerce: goods and what is charged for them, on the order's day; reversals on theirs
    "gross_sale",  // price x quantity before discounts, without tax when the shop's prices hold
                   // none
    "discount",    // negative
    "return",      // negative: value of goods coming back, on the day it is processed
    "shipping",
    "shipping_refund",
    "tax",
    "tax_refund",
    "duty",
    "tip",
    "surcharge",
    "gift_card_sale",  // a liability, never part of net sales
    "order_count",     // quantity 1, amount 0
    "order_line",      // memo: a line's value where the order's totals are the record of the sale
    "order_total",     // memo: what the order says it comes to, held against the sum of its entries
    "current_total",   // memo: what the order says still stands, after edits and all it gave back
    "refund_total",    // memo: what a refund's own transactions gave back
    "uncollected",     // memo: what was called off unpaid: - as sold, + as taken back
    // payments: the processor's balance
    "charge",
    "refund",
    "refund_failure",
    "fee",
    "dispute",
    "dispute_reversal",
    "payout",  // negative: leaves the balance for the bank
    "payout_reversal",
    "transfer",
    "topup",
    "reserve",
    "adjustment",
    // bank
    "bank_credit",
    "bank_debit",
    // crm
    "deal_won",
    "deal_lost",
    "deal_open",
    // ads
    "ad_spend",
    "ad_clicks",
    "ad_impressions",
    // accounting
    "posting",
};

std::optional<Book> book_of(std::string_view name);
std::string_view name_of(Book book);

}  // namespace meshline
