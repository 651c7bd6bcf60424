#pragma once

#include "core/workspace/reconciliation_definition.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// What one item of a side of a reconciliation is to a person. It follows from the side's book, its
/// entry types and what makes an item.
enum class ItemKind : std::uint8_t {
    order,
    shop_refund,
    payment,
    processor_refund,
    balance_movement,
    payout,
    posting,
    bank_credit,
    bank_debit,
    bank_line,
    deal,
    crm_refund,
    ad_spend,
    other
};

ItemKind item_kind_of(const SideDefinition& side);
/// "payment"
std::string_view noun_of(ItemKind kind);
/// "the processor": where items of the kind are.
std::string_view place_of(ItemKind kind);
/// "at the processor"
std::string at_place_of(ItemKind kind);

}  // namespace meshline
