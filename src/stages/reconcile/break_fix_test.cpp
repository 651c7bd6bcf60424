// Goal: the fix of a break says what to do in its situation. Method: a table of situations in the
// reconciliations that people have, and every fix in every situation.
#include "stages/reconcile/break_fix.hpp"

#include "core/model/finding.hpp"
#include "core/workspace/reconciliation_definition.hpp"

#include <gtest/gtest.h>
#include <set>

namespace meshline {
namespace {

SideDefinition side(Book book, std::vector<std::string> entries, std::string item = "object_id") {
    SideDefinition made;
    made.book = book;
    made.entries = std::move(entries);
    made.item = std::move(item);
    return made;
}

const SideDefinition orders = side(Book::commerce, {"gross_sale", "discount", "tax"});
const SideDefinition shop_refunds = side(Book::commerce, {"return", "tax_refund"});
const SideDefinition charges = side(Book::payments, {"charge"});
const SideDefinition refunds = side(Book::payments, {"refund", "refund_failure"});
const SideDefinition balance = side(Book::payments, {"charge", "refund", "fee"}, "payout_ref");
const SideDefinition postings = side(Book::accounting, {"posting"});
const SideDefinition credits = side(Book::bank, {"bank_credit"});
const SideDefinition deals = side(Book::crm, {"deal_won"});
const SideDefinition crm_refunds = side(Book::crm, {"refund"});

struct Situation {
    const char* fix;
    const char* reason;
    const SideDefinition& left;
    const SideDefinition& right;
    const char* sentence;
};

TEST(BreakFix, says_what_to_do_in_the_situation) {
    const Situation situations[] = {
        {"refund_customer", "missing_right", shop_refunds, refunds,
         "Send the refund at the processor: the shop gave the money back, the customer has not got"
         " it. If it was paid another way, accept the difference with a reason."},
        {"refund_customer", "duplicate_right", orders, charges,
         "Refund the payment that came twice, once it is sure that both are for one order."},
        {"refund_customer", "missing_left", orders, charges,
         "Refund the payment, for no order stands behind it; first look whether the shop has one "
         "and"
         " did not send it."},
        {"resync_source", "missing_right", orders, charges,
         "Look for the payment at the processor: if it is there, capture DAYS again; if it is not,"
         " the order is not paid: ask the customer for the money or cancel the order."},
        {"resync_source", "missing_left", shop_refunds, refunds,
         "Look for the refund in the shop: if it is there, capture DAYS again; if it is not, enter"
         " it on the order, for the money has left."},
        {"resync_source", "missing_right", balance, postings,
         "Look for the posting in the books: if it is there, capture DAYS again; if it is not, make"
         " it there or correct the movement in the processor's balance."},
        {"correct_deal", "amount_difference", deals, orders,
         "Set the deal's amount in the CRM to that of the order in the shop."},
        {"correct_deal", "duplicate_left", deals, orders,
         "Two deals tell of one order: merge them, or move one of them back."},
        {"correct_deal", "missing_right", crm_refunds, shop_refunds,
         "The CRM counts a refund that the shop does not know: correct or remove it on the deal."},
        {"send_refund_to_crm", "missing_left", crm_refunds, shop_refunds,
         "Record the refund on the deal: the shop gave the money back, the CRM still counts it as"
         " won."},
        {"claim_fee", "amount_difference", balance, postings,
         "Find the fee or movement that the posting in the books does not explain, and claim it"
         " from the processor."},
        {"review", "missing_right", postings, credits,
         "Ask the processor and the bank where the money is: it was posted and has not arrived."},
        {"review", "currency_difference", orders, charges,
         "Compare the order in the shop with the payment at the processor and correct the currency"
         " that is wrong."},
    };
    for (const Situation& one : situations) {
        EXPECT_EQ(fix_sentence(one.fix, {one.reason, item_kind_of(one.left),
                                         item_kind_of(one.right), "DAYS"}),
                  one.sentence)
            << one.fix << " " << one.reason;
    }
}

TEST(BreakFix, what_came_twice_is_said_of_duplicates_alone) {
    for (const char* reason : break_reasons) {
        if (std::string_view(reason).starts_with("duplicate")) continue;
        for (const char* fix : fix_names) {
            const std::string sentence =
                fix_sentence(fix, {reason, item_kind_of(shop_refunds), item_kind_of(refunds), ""});
            EXPECT_EQ(sentence.find("twice"), std::string::npos) << fix << " " << reason;
        }
    }
}

TEST(BreakFix, every_fix_has_an_answer_in_every_situation) {
    const SideDefinition* const sides[] = {&orders,  &shop_refunds, &charges,
                                           &refunds, &balance,      &postings,
                                           &credits, &deals,        &crm_refunds};
    for (const char* fix : fix_names) {
        for (const char* reason : break_reasons) {
            for (const SideDefinition* left : sides) {
                for (const SideDefinition* right : sides) {
                    const std::string sentence = fix_sentence(
                        fix, {reason, item_kind_of(*left), item_kind_of(*right), "DAYS"});
                    EXPECT_TRUE(sentence.ends_with('.')) << sentence;
                    EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
                }
            }
        }
    }
}

}  // namespace
}  // namespace meshline
