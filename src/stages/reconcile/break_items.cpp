#include "stages/reconcile/break_items.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace meshline {
namespace {

struct Words {
    std::string_view noun;
    std::string_view preposition;
    std::string_view place;
};

/// By ItemKind.
constexpr std::array words = {Words{"order", "in", "the shop"},
                              Words{"refund", "in", "the shop"},
                              Words{"payment", "at", "the processor"},
                              Words{"refund", "at", "the processor"},
                              Words{"movement", "in", "the processor's balance"},
                              Words{"payout", "at", "the processor"},
                              Words{"posting", "in", "the books"},
                              Words{"credit", "at", "the bank"},
                              Words{"debit", "at", "the bank"},
                              Words{"line", "at", "the bank"},
                              Words{"deal", "in", "the CRM"},
                              Words{"refund", "in", "the CRM"},
                              Words{"spend", "at", "the ad platform"},
                              Words{"record", "at", "its source"}};

bool has_any(const SideDefinition& side, std::initializer_list<std::string_view> types) {
    return std::ranges::any_of(types, [&](std::string_view type) {
        return std::ranges::find(side.entries, type) != side.entries.end();
    });
}

ItemKind commerce_kind(const SideDefinition& side) {
    if (has_any(side, {"gross_sale", "order_total", "current_total", "order_line"})) {
        return ItemKind::order;
    }
    if (has_any(side, {"return", "shipping_refund", "tax_refund", "refund", "refund_total"})) {
        return ItemKind::shop_refund;
    }
    return has_any(side, {"gift_card_sale"}) ? ItemKind::order : ItemKind::other;
}

ItemKind payments_kind(const SideDefinition& side) {
    // What a payout is made of is all kinds of movements; its item is the payout they name.
    const bool is_mixed = has_any(side, {"charge"}) && has_any(side, {"fee", "refund"});
    if (is_mixed || side.item == "payout_ref") return ItemKind::balance_movement;
    if (has_any(side, {"charge"})) return ItemKind::payment;
    if (has_any(side, {"refund"})) return ItemKind::processor_refund;
    if (has_any(side, {"payout"})) return ItemKind::payout;
    return ItemKind::balance_movement;
}

ItemKind bank_kind(const SideDefinition& side) {
    const bool is_credit = has_any(side, {"bank_credit"});
    const bool is_debit = has_any(side, {"bank_debit"});
    if (is_credit == is_debit) return ItemKind::bank_line;
    return is_credit ? ItemKind::bank_credit : ItemKind::bank_debit;
}

}  // namespace

ItemKind item_kind_of(const SideDefinition& side) {
    switch (side.book) {
        case Book::commerce:
            return commerce_kind(side);
        case Book::payments:
            return payments_kind(side);
        case Book::bank:
            return bank_kind(side);
        case Book::crm:
            return has_any(side, {"deal_won", "deal_open", "deal_lost"}) ? ItemKind::deal
                                                                         : ItemKind::crm_refund;
        case Book::ads:
            return ItemKind::ad_spend;
        case Book::accounting:
            return ItemKind::posting;
    }
    return ItemKind::other;
}

std::string_view noun_of(ItemKind kind) {
    return words[static_cast<std::size_t>(kind)].noun;
}

std::string_view place_of(ItemKind kind) {
    return words[static_cast<std::size_t>(kind)].place;
}

std::string at_place_of(ItemKind kind) {
    const Words& of = words[static_cast<std::size_t>(kind)];
    return std::string(of.preposition).append(" ").append(of.place);
}

}  // namespace meshline
