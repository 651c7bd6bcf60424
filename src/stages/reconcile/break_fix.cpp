#include "stages/reconcile/break_fix.hpp"

#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

/// What is wrong, whichever side it is on.
enum class Fault : std::uint8_t { missing, duplicate, amount, currency, date };

/// `here` has the item that nobody answers, or that is there twice; `there` is the other side.
/// Where both sides differ here is the left.
struct Case {
    Fault fault = Fault::missing;
    ItemKind here = ItemKind::other;
    ItemKind there = ItemKind::other;
};

Case case_of(const BreakSituation& situation) {
    const std::string_view reason = situation.reason;
    const bool is_right_here = reason == "missing_left" || reason == "duplicate_right";
    Case made;
    made.here = is_right_here ? situation.right : situation.left;
    made.there = is_right_here ? situation.left : situation.right;
    if (reason.starts_with("duplicate")) made.fault = Fault::duplicate;
    if (reason == "amount_difference") made.fault = Fault::amount;
    if (reason == "currency_difference") made.fault = Fault::currency;
    if (reason == "date_difference") made.fault = Fault::date;
    return made;
}

/// {0} here's noun, {1} here's place, {2} there's noun, {3} there's place, {4} the days, {5} and
/// {6} the places with their preposition.
struct Answer {
    std::string_view fix;
    std::optional<Fault> fault;
    std::optional<ItemKind> here;
    std::optional<ItemKind> there;
    const char* sentence;
};

constexpr auto any_kind = std::optional<ItemKind>();
constexpr auto any_fault = std::optional<Fault>();

/// The first that fits answers, so what is particular stands before what is general.
constexpr Answer answers[] = {
    {"resync_source", Fault::missing, ItemKind::order, ItemKind::payment,
     "Look for the payment at the processor: if it is there, capture {4} again; if it is not, the"
     " order is not paid: ask the customer for the money or cancel the order."},
    {"resync_source", Fault::missing, ItemKind::payment, ItemKind::order,
     "Look for the order in the shop: if it is there, capture {4} again; if it is not, no sale"
     " stands behind the payment: enter the sale or refund the payment."},
    {"resync_source", Fault::missing, ItemKind::shop_refund, ItemKind::processor_refund,
     "Look for the refund at the processor: if it is there, capture {4} again; if it is not, send"
     " it: the shop has told the customer of it."},
    {"resync_source", Fault::missing, ItemKind::processor_refund, ItemKind::shop_refund,
     "Look for the refund in the shop: if it is there, capture {4} again; if it is not, enter it"
     " on the order, for the money has left."},
    {"resync_source", Fault::missing, any_kind, any_kind,
     "Look for the {2} {6}: if it is there, capture {4} again; if it is not, make it there or"
     " correct the {0} {5}."},
    {"resync_source", Fault::duplicate, any_kind, any_kind,
     "Look {5} whether both {0}s stand: if one was withdrawn, capture it again."},
    {"resync_source", any_fault, any_kind, any_kind,
     "Look {5} and {6} whether one of the two was changed since: capture {4} again of the side"
     " that was."},
    {"refund_customer", Fault::missing, ItemKind::shop_refund, ItemKind::processor_refund,
     "Send the refund at the processor: the shop gave the money back, the customer has not got it."
     " If it was paid another way, accept the difference with a reason."},
    {"refund_customer", Fault::missing, ItemKind::payment, any_kind,
     "Refund the payment, for no {2} stands behind it; first look whether {3} has one and did not"
     " send it."},
    {"refund_customer", Fault::duplicate, ItemKind::payment, any_kind,
     "Refund the payment that came twice, once it is sure that both are for one {2}."},
    {"refund_customer", Fault::amount, any_kind, any_kind,
     "Give back what was taken beyond the {0}, or ask for what is missing."},
    {"refund_customer", any_fault, any_kind, any_kind,
     "Compare the {0} {5} with the {2} {6}, then refund what the customer should not have"
     " paid."},
    {"void_charge", Fault::duplicate, ItemKind::payment, any_kind,
     "Void the charge that came twice while it is not settled; afterwards refund it."},
    {"void_charge", Fault::missing, ItemKind::payment, any_kind,
     "Void the charge, for no {2} stands behind it; once it is settled, refund it."},
    {"void_charge", any_fault, any_kind, any_kind,
     "Void the charge if it should not have been made: compare the {0} {5} with the {2} {6}."
     ""},
    {"create_order", Fault::missing, any_kind, any_kind,
     "Find the sale behind the {0} and enter it {6}; if there was none, take the {0} back."},
    {"create_order", any_fault, any_kind, any_kind,
     "Enter the sale that {3} lacks, or correct the one that {1} has."},
    {"correct_deal", Fault::missing, ItemKind::deal, any_kind,
     "The deal says won, but {3} has no {2} for it: name the {2} on the deal, or move the deal"
     " back."},
    {"correct_deal", Fault::missing, ItemKind::crm_refund, any_kind,
     "The CRM counts a refund that {3} does not know: correct or remove it on the deal."},
    {"correct_deal", Fault::missing, any_kind, any_kind,
     "Find the deal of the {0} and name the {0} on it; if there is none, enter it."},
    {"correct_deal", Fault::duplicate, any_kind, any_kind,
     "Two {0}s tell of one {2}: merge them, or move one of them back."},
    {"correct_deal", Fault::amount, any_kind, any_kind,
     "Set the {0}'s amount {5} to that of the {2} {6}."},
    {"correct_deal", Fault::currency, any_kind, any_kind,
     "Set the {0}'s currency {5} to that of the {2} {6}."},
    {"correct_deal", Fault::date, any_kind, any_kind,
     "Set the {0}'s date {5} to that of the {2} {6}."},
    {"send_refund_to_crm", Fault::missing, ItemKind::shop_refund, ItemKind::crm_refund,
     "Record the refund on the deal: the shop gave the money back, the CRM still counts it as"
     " won."},
    {"send_refund_to_crm", Fault::missing, ItemKind::crm_refund, any_kind,
     "Take the refund off the deal: {3} has none."},
    {"send_refund_to_crm", any_fault, any_kind, any_kind,
     "Record the refund on the deal as {3} has it."},
    {"claim_fee", Fault::missing, any_kind, any_kind,
     "Ask the processor what became of the {0}: {3} has no {2} for it."},
    {"claim_fee", any_fault, any_kind, any_kind,
     "Find the fee or movement that the {2} {6} does not explain, and claim it from the"
     " processor."},
    {"confirm_match", any_fault, any_kind, any_kind,
     "Confirm that the {0} {5} and the {2} {6} belong together."},
    {"accept_difference", Fault::missing, any_kind, any_kind,
     "Accept with a reason that {3} will never have a {2} for the {0}."},
    {"accept_difference", Fault::duplicate, any_kind, any_kind,
     "Accept with a reason that both {0}s are meant."},
    {"accept_difference", Fault::date, any_kind, any_kind,
     "The amounts agree: accept the dates with a reason, or correct the one that is wrong."},
    {"accept_difference", any_fault, any_kind, any_kind, "Accept the difference with a reason."},
    {"review", Fault::missing, ItemKind::posting, ItemKind::bank_credit,
     "Ask the processor and the bank where the money is: it was posted and has not arrived."},
    {"review", Fault::missing, ItemKind::bank_credit, ItemKind::posting,
     "Find out what the credit pays: no posting names it. Capture {4} again if the payout was not"
     " send it."},
    {"review", Fault::missing, ItemKind::deal, ItemKind::order,
     "Find the order of the deal and name it on the deal; if nothing was sold, move the deal"
     " back."},
};

/// For each fault, where nothing above fits: what to look at and what to put right.
const char* general_answer(Fault fault) {
    switch (fault) {
        case Fault::missing:
            return "Find out why {3} has no {2} for the {0} {5}, and correct the side that is"
                   " wrong.";
        case Fault::duplicate:
            return "Find out which of the {0}s {5} is meant for the {2}, and take the other one"
                   " back.";
        case Fault::amount:
            return "Compare the {0} {5} with the {2} {6} and correct the amount that is"
                   " wrong.";
        case Fault::currency:
            return "Compare the {0} {5} with the {2} {6} and correct the currency that is"
                   " wrong.";
        case Fault::date:
            return "Compare the {0} {5} with the {2} {6} and correct the date that is wrong.";
    }
    return "";
}

bool fits(const Answer& answer, std::string_view fix, const Case& made) {
    return answer.fix == fix && (!answer.fault || *answer.fault == made.fault) &&
           (!answer.here || *answer.here == made.here) &&
           (!answer.there || *answer.there == made.there);
}

}  // namespace

std::string fix_sentence(std::string_view fix, const BreakSituation& situation) {
    const Case made = case_of(situation);
    const std::string_view asked = fix == "recapture_period" ? "resync_source" : fix;
    // An order's parts against what the order says it comes to: both stand at one place.
    const char* sentence =
        made.here == made.there
            ? "Compare the two records of the {0} {5} and correct the one that is"
              " wrong."
            : general_answer(made.fault);
    for (const Answer& answer : answers) {
        if (!fits(answer, asked, made)) continue;
        sentence = answer.sentence;
        break;
    }
    return fmt::format(fmt::runtime(sentence), noun_of(made.here), place_of(made.here),
                       noun_of(made.there), place_of(made.there), situation.days,
                       at_place_of(made.here), at_place_of(made.there));
}

}  // namespace meshline
