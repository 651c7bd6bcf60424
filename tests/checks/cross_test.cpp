// Goal: a cross check of severity quarantine keeps the entries of a failing group out of the
// figures, those alone, and lets them in again when the group is within its limit. Method: refunds
// of the till held against its sales, the quarantined entries and the days to be published again.
#include "checks/checked_shop.hpp"
#include "properties/small_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// No payment's debits may exceed its credits.
std::string check_of(const char* severity) {
    return fmt::format(
        "check: debits\nowner: ana\nseverity: {}\n"
        "cross: {{group_by: payment_ref, book: bank, entries: [bank_debit],\n"
        "  limit_book: bank, limit_entries: [bank_credit]}}\n",
        severity);
}

constexpr const char* statement =
    "id,day,amount,payment_ref\n"
    "a,2026-03-01,10,p1\nb,2026-03-02,-10,p1\n"
    "c,2026-03-01,10,p2\nd,2026-03-03,-4,p2\ne,2026-03-04,-7,p2\n";

constexpr const char* quarantined =
    "select check_name, position, entry_type, business_on from quarantined_entries"
    " order by position";
constexpr const char* touched = "select distinct business_on from touched_days order by all";

TEST(Cross, quarantine_keeps_the_failing_groups_entries_out) {
    CheckedShop shop({{"debits", check_of("quarantine")}});
    shop.capture("bank", "statement", statement);
    EXPECT_THAT(shop.validate(), SizeIs(1));
    EXPECT_THAT(shop.rows(quarantined),
                ElementsAre("debits 5 bank_debit 2026-03-03", "debits 6 bank_debit 2026-03-04"));
    EXPECT_THAT(shop.rows(touched), ElementsAre("2026-03-03", "2026-03-04"));
}

TEST(Cross, twice_is_once) {
    CheckedShop shop({{"debits", check_of("quarantine")}});
    shop.capture("bank", "statement", statement);
    shop.validate();
    shop.rows("delete from touched_days");
    shop.validate();
    EXPECT_THAT(shop.rows(quarantined), SizeIs(2));
    EXPECT_THAT(shop.rows(touched), IsEmpty());
}

TEST(Cross, a_group_within_its_limit_again_is_let_in) {
    CheckedShop shop({{"debits", check_of("quarantine")}});
    shop.capture("bank", "statement", statement);
    shop.validate();
    shop.rows("delete from touched_days");
    shop.capture("bank", "statement", "id,day,amount,payment_ref\nf,2026-03-05,1,p2\n");
    EXPECT_THAT(shop.validate(), IsEmpty());
    EXPECT_THAT(shop.rows(quarantined), IsEmpty());
    EXPECT_THAT(shop.rows(touched), ElementsAre("2026-03-03", "2026-03-04"));
}

TEST(Cross, a_note_and_a_hold_keep_nothing_out) {
    for (const char* severity : {"note", "hold"}) {
        CheckedShop shop({{"debits", check_of(severity)}});
        shop.capture("bank", "statement", statement);
        EXPECT_THAT(shop.validate(), SizeIs(1));
        EXPECT_THAT(shop.rows(quarantined), IsEmpty()) << severity;
    }
}

TEST(Cross, a_group_is_of_the_days_of_what_stands_of_it) {
    CheckedShop shop({{"unpaid",
                       "check: unpaid\nowner: ana\nseverity: hold\n"
                       "cross: {group_by: order_ref, book: commerce, entries: [gross_sale],\n"
                       "  limit_book: bank, limit_entries: [bank_credit]}\n"}});
    shop.capture("till", "orders", OrderRevision{7, 1, 2, 4'000}.json());
    shop.capture("till", "orders", OrderRevision{7, 2, 5, 3'000}.json());
    const auto findings = shop.validate();
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings.front().from->text(), "2026-03-05");
    EXPECT_EQ(findings.front().to->text(), "2026-03-05");
}

/// "book first last", in order.
std::vector<std::string> doubts_of(const Finding& finding) {
    std::vector<std::string> texts;
    for (const Doubt& doubt : finding.doubts)
        texts.push_back(doubt.book + " " + doubt.from.text() + " " + doubt.to.text());
    return texts;
}

TEST(Cross, both_sides_are_doubtful_on_the_days_of_their_entries) {
    CheckedShop shop({{"unpaid",
                       "check: unpaid\nowner: ana\nseverity: note\n"
                       "cross: {group_by: payment_ref, book: bank, entries: [bank_debit],\n"
                       "  limit_book: bank, limit_entries: [bank_credit]}\n"}});
    shop.capture("bank", "statement",
                 "id,day,amount,payment_ref\n"
                 "a,2026-03-01,5,p1\nb,2026-03-02,5,p1\n"
                 "c,2026-03-05,-8,p1\nd,2026-03-08,-4,p1\n"
                 "e,2026-03-03,9,p2\nf,2026-03-06,-9,p2\n");
    const auto findings = shop.validate();
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_THAT(doubts_of(findings.front()),
                ElementsAre("bank 2026-03-05 2026-03-05", "bank 2026-03-08 2026-03-08",
                            "bank 2026-03-01 2026-03-02"));
    EXPECT_EQ(findings.front().from->text(), "2026-03-01");
    EXPECT_EQ(findings.front().to->text(), "2026-03-08");
}

TEST(Cross, a_limit_in_another_currency_is_doubtful_too) {
    CheckedShop shop({{"unpaid",
                       "check: unpaid\nowner: ana\nseverity: note\n"
                       "cross: {group_by: order_ref, book: commerce, entries: [gross_sale],\n"
                       "  limit_book: bank, limit_entries: [bank_credit]}\n"}});
    shop.capture("till", "orders", OrderRevision{7, 1, 2, 4'000}.json());
    shop.capture("bank", "statement", "id,day,amount,order_ref\na,2026-03-01,40,7\n");
    EXPECT_THAT(shop.validate(), IsEmpty());
    shop.rows("update entries set currency = 'USD' where book = 'bank'");
    const auto findings = shop.validate();
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_THAT(doubts_of(findings.front()),
                ElementsAre("commerce 2026-03-02 2026-03-02", "bank 2026-03-01 2026-03-01"));
}

TEST(Cross, a_group_exactly_at_its_limit_passes) {
    CheckedShop shop({{"debits", check_of("note")}});
    shop.capture("bank", "statement",
                 "id,day,amount,payment_ref\na,2026-03-01,10,p1\nb,2026-03-02,-10,p1\n");
    EXPECT_THAT(shop.validate(), IsEmpty());
}

}  // namespace
}  // namespace meshline
