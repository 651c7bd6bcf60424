// Goal: opening + activity = closing holds for a whole statement however it is sorted or cut into
// files, and a missing, doubled or changed line is a break with its days and amount. Method:
// statements as CSV through the bank pack, the findings of one balance check.
#include "checks/checked_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* check_yaml =
    "check: balances\nowner: ana\nseverity: note\nbalance: {book: bank}\n";

std::vector<Finding> findings_of(const std::vector<std::string>& statements,
                                 const std::string& yaml = check_yaml) {
    CheckedShop shop({{"balances", yaml}});
    for (const std::string& text : statements)
        shop.capture("bank", "statement_lines", text);
    return shop.validate();
}

std::string evidence_of(const Finding& finding, const std::string& name) {
    for (const auto& [key, text] : finding.evidence) {
        if (key == name) return text;
    }
    return "";
}

TEST(Balance, a_whole_statement_has_no_break) {
    EXPECT_THAT(findings_of({"day,amount,balance\n"
                             "2026-03-01,100,100\n2026-03-01,-30,70\n"
                             "2026-03-03,5.50,75.50\n"}),
                IsEmpty());
}

TEST(Balance, newest_first_is_as_whole_as_oldest_first) {
    EXPECT_THAT(findings_of({"day,amount,balance\n"
                             "2026-03-03,5.50,75.50\n2026-03-03,-5.50,70\n2026-03-03,5.50,75.50\n"
                             "2026-03-01,-30,70\n2026-03-01,100,100\n"}),
                IsEmpty());
}

TEST(Balance, a_missing_line_is_a_break_with_its_days_and_amounts) {
    const auto findings =
        findings_of({"day,iban,amount,balance\n"
                     "2026-03-01,DE1,100,100\n"
                     "2026-03-04,DE1,5.50,75.50\n"
                     "2026-03-05,DE1,1,76.50\n"});
    ASSERT_THAT(findings, SizeIs(1));
    const Finding& finding = findings.front();
    EXPECT_EQ(finding.type, "check_failed");
    EXPECT_EQ(finding.title,
              "account DE1 of bank: 100.00 EUR on 2026-03-01 and entries of 5.50 EUR do not come to"
              " 75.50 EUR on 2026-03-04: 30.00 EUR too much");
    EXPECT_EQ(finding.at_risk->text(), "30.00 EUR");
    EXPECT_EQ(finding.from->text(), "2026-03-02");
    EXPECT_EQ(finding.to->text(), "2026-03-04");
    EXPECT_EQ(evidence_of(finding, "account"), "DE1");
    EXPECT_EQ(evidence_of(finding, "opening_on"), "2026-03-01");
    EXPECT_EQ(evidence_of(finding, "closing_on"), "2026-03-04");
    EXPECT_EQ(evidence_of(finding, "opening"), "100.00 EUR");
    EXPECT_EQ(evidence_of(finding, "activity"), "5.50 EUR");
    EXPECT_EQ(evidence_of(finding, "closing"), "75.50 EUR");
    EXPECT_EQ(evidence_of(finding, "difference"), "30.00 EUR");
}

TEST(Balance, a_line_missing_within_the_first_day_is_found_in_either_order) {
    const auto oldest_first =
        findings_of({"day,amount,balance\n2026-03-01,100,100\n"
                     "2026-03-01,5,75\n2026-03-01,1,76\n"});
    ASSERT_THAT(oldest_first, SizeIs(1));
    EXPECT_EQ(oldest_first.front().at_risk->text(), "30.00 EUR");
    const auto newest_first =
        findings_of({"day,amount,balance\n2026-03-01,1,76\n"
                     "2026-03-01,5,75\n2026-03-01,100,100\n"});
    ASSERT_THAT(newest_first, SizeIs(1));
    EXPECT_EQ(newest_first.front().title, oldest_first.front().title);
}

TEST(Balance, the_missing_line_heals_the_break_when_it_comes) {
    EXPECT_THAT(findings_of({"day,amount,balance\n2026-03-01,100,100\n2026-03-04,5.50,75.50\n",
                             "day,amount,balance\n2026-03-02,-30,70\n"}),
                IsEmpty());
}

TEST(Balance, a_day_cut_into_two_files_that_are_newest_first_is_whole) {
    EXPECT_THAT(findings_of({"day,amount,balance\n2026-03-02,-10,95\n2026-03-02,5,105\n"
                             "2026-03-01,100,100\n",
                             "day,amount,balance\n2026-03-03,4,106\n2026-03-02,7,102\n"}),
                IsEmpty());
}

TEST(Balance, a_day_that_comes_back_to_its_start_follows_the_statement) {
    EXPECT_THAT(findings_of({"day,amount,balance\n2026-03-03,2,102\n2026-03-02,-10,100\n"
                             "2026-03-02,10,110\n2026-03-01,100,100\n"}),
                IsEmpty());
}

TEST(Balance, lines_without_a_balance_are_activity) {
    EXPECT_THAT(findings_of({"day,amount,balance\n2026-03-01,100,\n2026-03-01,-30,70\n"
                             "2026-03-03,5.50,\n2026-03-04,1,76.50\n"}),
                IsEmpty());
}

TEST(Balance, accounts_do_not_mix) {
    EXPECT_THAT(findings_of({"day,iban,amount,balance\n2026-03-01,DE1,100,100\n"
                             "2026-03-01,DE2,7,1007\n2026-03-02,DE2,-7,1000\n"
                             "2026-03-02,DE1,1,101\n"}),
                IsEmpty());
}

TEST(Balance, a_book_is_held_against_the_accounts_of_its_own_sources_alone) {
    const std::string statement =
        "day,amount,balance\n2026-03-01,100,100\n2026-03-04,5.50,105.50\n";
    for (const char* book : {"commerce", "payments"}) {
        const std::string check = fmt::format(
            "check: balances\nowner: ana\nseverity: note\nbalance: {{book: {}}}\n", book);
        EXPECT_THAT(findings_of({statement}, check), IsEmpty());
    }
}

TEST(Balance, the_tolerance_holds_at_its_edge_and_breaks_beyond) {
    const std::string yaml =
        "check: balances\nowner: ana\nseverity: hold\n"
        "balance: {book: bank, source: bank, tolerance: 0.01}\n";
    EXPECT_THAT(
        findings_of({"day,amount,balance\n2026-03-01,100,100\n2026-03-02,5,105.01\n"}, yaml),
        IsEmpty());
    EXPECT_THAT(
        findings_of({"day,amount,balance\n2026-03-01,100,100\n2026-03-02,5,105.010001\n"}, yaml),
        SizeIs(1));
}

TEST(Balance, what_a_replaced_record_said_is_not_asked) {
    CheckedShop shop({{"balances", check_yaml}});
    const char* head = "id,day,amount,balance\n";
    shop.capture("bank", "statement", std::string(head) + "a,2026-03-01,100,100\n");
    shop.capture("bank", "statement", std::string(head) + "b,2026-03-02,10,999\n");
    ASSERT_THAT(shop.validate(), SizeIs(1));
    // The event is superseded as a revision or a retraction would.
    shop.rows(
        "insert into supersessions select 'shop', position, position + 1 from records"
        " where amount = 999");
    shop.rows(
        "insert into entries select * replace (position + 1 as position, -1 as sign,"
        " -amount as amount) from entries where amount = 10");
    EXPECT_THAT(shop.validate(), IsEmpty());
}

TEST(Balance, a_statement_without_balances_has_nothing_to_break) {
    EXPECT_THAT(findings_of({"day,amount,balance\n2026-03-01,100,\n2026-03-02,5,\n"}), IsEmpty());
}

}  // namespace
}  // namespace meshline
