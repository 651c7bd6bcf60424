// Goal: every item ends in exactly one outcome, for the right reason, whatever order entries lie
// in. Method: entries put straight into the warehouse, one reconciliation, and the outcomes by
// item.
#include "reconcile/reconcile_fixture.hpp"
#include "stages/reconcile/breaks.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr const char* payouts_to_balance =
    "reconciliation: r\nowner: ana\n"
    "left: {book: payments, entries: [charge, fee], item: object_id}\n"
    "right: {book: accounting, entries: [posting], item: object_id}\n"
    "match:\n  - many_to_one: {name: by_payout, key: payout_ref}\n";

constexpr const char* payouts_by_key =
    "reconciliation: r\nowner: ana\n"
    "left: {book: payments, entries: [charge, fee], item: object_id}\n"
    "right: {book: commerce, entries: [gross_sale], item: order_ref}\n"
    "match:\n  - one_to_one: {name: by_order, key: order_ref}\n";

TEST_F(ReconcileTest, an_orders_entries_together_match_its_payment) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "12.00"},
                                             {"commerce", "discount", "o1", "1", "-2.00"},
                                             {"payments", "charge", "c1", "1", "10.00"}}),
              (Outcomes{"left 1: matched", "right c1: matched"}));
}

TEST_F(ReconcileTest, the_tolerance_holds_at_its_edge_and_breaks_beyond) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10.00"},
                                             {"payments", "charge", "c1", "1", "10.05"}})[0],
              "left 1: matched");
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10.00"},
                                             {"payments", "charge", "c1", "1", "10.050001"}})[0],
              "left 1: break amount_difference");
}

TEST_F(ReconcileTest, the_lag_holds_at_its_edge_and_breaks_beyond) {
    EXPECT_EQ(
        reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                       {"payments", "charge", "c1", "1", "10", "2026-03-04"}})[0],
        "left 1: matched");
    EXPECT_EQ(
        reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                       {"payments", "charge", "c1", "1", "10", "2026-03-05"}})[0],
        "left 1: break date_difference");
}

TEST_F(ReconcileTest, another_currency_is_a_difference_whatever_the_amount) {
    EXPECT_EQ(
        reconcile(orders_to_payments,
                  {{"commerce", "gross_sale", "o1", "1", "10"},
                   {"payments", "charge", "c1", "1", "10", "2026-03-01", "USD"}}),
        (Outcomes{"left 1: break currency_difference", "right c1: break currency_difference"}));
}

TEST_F(ReconcileTest, what_is_missing_is_expected_until_it_is_due) {
    EXPECT_EQ(
        reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10", "2026-03-06"},
                                       {"commerce", "gross_sale", "o2", "2", "10", "2026-03-07"},
                                       {"payments", "charge", "c3", "3", "10", "2026-03-08"},
                                       {"payments", "charge", "c4", "4", "10", "2026-03-09"}}),
        (Outcomes{"left 1: break missing_right", "left 2: expected not_yet_due",
                  "right c3: break missing_left", "right c4: expected not_yet_due"}));
}

TEST_F(ReconcileTest, a_second_payment_is_a_duplicate_and_the_better_one_matches) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                             {"payments", "charge", "a", "1", "10.02"},
                                             {"payments", "charge", "b", "1", "10.01"}}),
              (Outcomes{"left 1: matched", "right a: break duplicate_right", "right b: matched"}));
}

TEST_F(ReconcileTest, of_two_payments_the_nearer_one_is_taken_not_the_lesser_text) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "100"},
                                             {"payments", "charge", "a", "1", "110"},
                                             {"payments", "charge", "b", "1", "109"}}),
              (Outcomes{"left 1: break amount_difference", "right a: break duplicate_right",
                        "right b: break amount_difference"}));
}

TEST_F(ReconcileTest, a_percentage_is_of_the_left_amount) {
    constexpr const char* within_ten_percent =
        "reconciliation: r\nowner: ana\n"
        "left: {book: commerce, entries: [gross_sale], item: order_ref}\n"
        "right: {book: payments, entries: [charge], item: object_id}\n"
        "match:\n  - one_to_one: {name: by_order, key: order_ref, tolerance: {percent: 10}}\n";
    EXPECT_EQ(reconcile(within_ten_percent, {{"commerce", "gross_sale", "o1", "1", "100"},
                                             {"payments", "charge", "a", "1", "110"},
                                             {"commerce", "gross_sale", "o2", "2", "100"},
                                             {"payments", "charge", "b", "2", "111"}}),
              (Outcomes{"left 1: matched", "left 2: break amount_difference", "right a: matched",
                        "right b: break amount_difference"}));
}

TEST_F(ReconcileTest, nothing_needs_to_appear_for_zero) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                             {"commerce", "discount", "o1", "1", "-10"}}),
              (Outcomes{"left 1: matched zero_amount"}));
}

TEST_F(ReconcileTest, items_without_a_key_are_missing_not_matched_to_each_other) {
    EXPECT_EQ(reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "", "10"},
                                             {"payments", "charge", "c1", "", "10"}}),
              (Outcomes{"left o1: break missing_right", "right c1: break missing_left"}));
}

TEST_F(ReconcileTest, many_movements_sum_to_one_payout) {
    const char* day = "2026-03-01";
    EXPECT_EQ(reconcile(payouts_to_balance,
                        {{"payments", "charge", "t1", "", "10", day, "EUR", "p1"},
                         {"payments", "fee", "t1", "", "-1", day, "EUR", "p1"},
                         {"payments", "charge", "t2", "", "5", day, "EUR", "p1"},
                         {"accounting", "posting", "po1", "", "14", day, "EUR", "p1"}}),
              (Outcomes{"left t1: matched", "left t2: matched", "right po1: matched"}));
}

TEST_F(ReconcileTest, a_sum_that_two_items_claim_is_neither_s) {
    const char* day = "2026-03-01";
    EXPECT_EQ(reconcile(payouts_to_balance,
                        {{"payments", "charge", "t1", "", "14", day, "EUR", "p1"},
                         {"accounting", "posting", "po1", "", "14", day, "EUR", "p1"},
                         {"accounting", "posting", "po2", "", "14", day, "EUR", "p1"}}),
              (Outcomes{"left t1: break missing_right", "right po1: break missing_left",
                        "right po2: break missing_left"}));
}

TEST_F(ReconcileTest, a_payout_one_fee_off_breaks_with_all_its_movements) {
    const char* day = "2026-03-01";
    EXPECT_EQ(reconcile(payouts_to_balance,
                        {{"payments", "charge", "t1", "", "10", day, "EUR", "p1"},
                         {"payments", "charge", "t2", "", "5", day, "EUR", "p1"},
                         {"accounting", "posting", "po1", "", "14", day, "EUR", "p1"}}),
              (Outcomes{"left t1: break amount_difference", "left t2: break amount_difference",
                        "right po1: break amount_difference"}));
}

TEST_F(ReconcileTest, a_payout_of_several_currencies_is_settled_in_its_own) {
    const char* day = "2026-03-01";
    EXPECT_EQ(reconcile(payouts_to_balance,
                        {{"payments", "charge", "t1", "", "10", day, "EUR", "p1"},
                         {"payments", "charge", "t2", "", "700", day, "JPY", "p1"},
                         {"payments", "charge", "t3", "", "4", day, "EUR", "p1"},
                         {"accounting", "posting", "po1", "", "14", day, "EUR", "p1"}}),
              (Outcomes{"left t1: matched", "left t2: break currency_difference",
                        "left t3: matched", "right po1: matched"}));
    EXPECT_EQ(titles_, (Outcomes{"r: p1 of 2026-03-01 is 700 JPY in payments, which accounting has"
                                 " in another currency"}));
}

TEST_F(ReconcileTest, a_payout_of_two_other_currencies_breaks_in_each) {
    const char* day = "2026-03-01";
    reconcile(payouts_to_balance, {{"payments", "charge", "t1", "", "5000", day, "EUR", "p1"},
                                   {"payments", "fee", "t2", "", "-5000", day, "JPY", "p1"},
                                   {"accounting", "posting", "po1", "", "4900", day, "USD", "p1"}});
    EXPECT_EQ(titles_, (Outcomes{"r: p1 of 2026-03-01 is 5,000.00 EUR in payments but 4,900.00 USD"
                                 " in accounting",
                                 "r: p1 of 2026-03-01 is -5,000 JPY in payments, which accounting"
                                 " has in another currency"}));
    EXPECT_EQ(at_risk_.text(), "10000");
    EXPECT_EQ(claims_, (Outcomes{"entry 2026-03-01 1 charge 1 5000",
                                 "entry 2026-03-01 2 fee 1"
                                 " 5000"}));
}

TEST_F(ReconcileTest, a_revision_takes_key_and_date_with_it) {
    // The deal's order and close date were wrong at first.
    EXPECT_EQ(reconcile(orders_to_payments,
                        {{"commerce", "gross_sale", "o1", "1", "10"},
                         {"commerce", "gross_sale", "o2", "2", "10", "2026-03-05"},
                         {"payments", "charge", "c1", "1", "10", "2026-03-01", "EUR", "", 4},
                         {"payments", "charge", "c1", "2", "10", "2026-03-05"}}),
              (Outcomes{"left 1: break missing_right", "left 2: matched", "right c1: matched"}));
}

TEST_F(ReconcileTest, an_item_has_its_key_from_whichever_entry_tells_it) {
    EXPECT_EQ(reconcile(payouts_by_key, {{"payments", "charge", "t1", "1", "10"},
                                         {"payments", "fee", "t1", "", "-1"},
                                         {"payments", "charge", "t2", "", "7"},
                                         {"commerce", "gross_sale", "o1", "1", "9"}}),
              (Outcomes{"left t1: matched", "left t2: break missing_right", "right 1: matched"}));
}

TEST_F(ReconcileTest, a_key_in_two_currencies_is_two_items) {
    EXPECT_EQ(reconcile(orders_to_payments,
                        {{"commerce", "gross_sale", "o1", "1", "10"},
                         {"commerce", "gross_sale", "o1", "1", "11", "2026-03-01", "USD"},
                         {"payments", "charge", "c1", "1", "11", "2026-03-01", "USD"},
                         {"payments", "charge", "c2", "2", "4"},
                         {"commerce", "gross_sale", "o2", "2", "4"}}),
              (Outcomes{"left 1: break duplicate_left", "left 1: matched", "left 2: matched",
                        "right c1: matched", "right c2: matched"}));
}

TEST_F(ReconcileTest, the_totals_count_every_item_once) {
    const std::vector<Entry> entries = {{"commerce", "gross_sale", "o1", "1", "10"},
                                        {"commerce", "gross_sale", "o2", "2", "11"},
                                        {"payments", "charge", "a", "1", "10"},
                                        {"payments", "charge", "b", "1", "10"},
                                        {"payments", "charge", "c", "3", "5"}};
    EXPECT_EQ(reconcile(orders_to_payments, entries).size(), entries.size());
    EXPECT_EQ(totals_.rows, items_by_outcome_.rows);
}

TEST_F(ReconcileTest, sides_of_one_book_are_told_apart) {
    constexpr const char* arithmetic =
        "reconciliation: r\nowner: ana\n"
        "left: {book: commerce, entries: [gross_sale, discount, tax], item: order_ref}\n"
        "right: {book: commerce, entries: [order_total], item: order_ref}\n"
        "match: [{one_to_one: {key: order_ref}}]\n";
    reconcile(arithmetic, {{"commerce", "gross_sale", "o1", "1", "10"},
                           {"commerce", "order_total", "o1", "1", "11"}});
    EXPECT_EQ(titles_, (Outcomes{"r: 1 of 2026-03-01 is 10.00 EUR in commerce (gross_sale,"
                                 " discount ...) but"
                                 " 11.00 EUR in commerce (order_total)"}));
}

TEST_F(ReconcileTest, a_side_takes_a_type_on_one_side_of_zero) {
    constexpr const char* charged_and_given_back =
        "reconciliation: r\nowner: ana\n"
        "left: {book: commerce, entries: [gross_sale, +tip], item: order_ref}\n"
        "right: {book: commerce, entries: [order_total, -tip], item: order_ref}\n"
        "match: [{one_to_one: {key: order_ref}}]\n";
    EXPECT_EQ(reconcile(charged_and_given_back, {{"commerce", "gross_sale", "o1", "1", "-10"},
                                                 {"commerce", "tip", "o1", "1", "3"},
                                                 {"commerce", "tip", "o2", "1", "-7"}}),
              (Outcomes{"left 1: matched", "right 1: matched"}));
}

TEST_F(ReconcileTest, breaks_claim_their_entries_up_to_what_is_at_risk) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "12.00"},
                                   {"commerce", "discount", "o1", "1", "-2.00", "2026-03-02"},
                                   {"payments", "charge", "c2", "2", "7.00"},
                                   {"commerce", "gross_sale", "o2", "2", "5.00"}});
    EXPECT_EQ(titles_.size(), 2U);
    // Of the unequal pair the larger side, of the order without a payment what it comes to.
    EXPECT_EQ(claims_,
              (Outcomes{"entry 2026-03-01 3 charge 1 2", "entry 2026-03-01 1 gross_sale 1 10"}));
}

TEST_F(ReconcileTest, of_too_many_breaks_those_worth_most_are_named_and_the_rest_summed) {
    constexpr int order_count = breaks_named_max + 3;
    std::vector<std::string> orders;
    std::vector<std::string> amounts;
    for (int order = 1; order <= order_count; ++order) {
        orders.push_back(fmt::format("{:04}", order));
        amounts.push_back(fmt::format("{}.50", order));
    }
    std::vector<Entry> entries;
    for (std::size_t at = 0; at < orders.size(); ++at) {
        entries.push_back({"commerce", "gross_sale", orders[at].c_str(), orders[at].c_str(),
                           amounts[at].c_str()});
    }
    entries.push_back({"payments", "charge", "c1", "other", "7.00"});
    reconcile(orders_to_payments, entries);
    ASSERT_EQ(titles_.size(), static_cast<std::size_t>(breaks_named_max) + 2);
    EXPECT_EQ(titles_.front(),
              "r: 0004 of 2026-03-01 in commerce has nothing in payments: 4.50 EUR");
    EXPECT_EQ(titles_.back(),
              "r: 3 more breaks by missing_right between commerce and payments: 7.50 EUR together");
    EXPECT_EQ(claims_.back(), "rest 2026-03-01  7.5");
    constexpr int all = order_count * (order_count + 1) / 2;
    EXPECT_EQ(at_risk_.text(), fmt::format("{}.5", all + order_count / 2 + 7));
}

TEST_F(ReconcileTest, outcomes_do_not_depend_on_the_order_of_entries) {
    std::vector<Entry> entries = {{"commerce", "gross_sale", "o1", "1", "10"},
                                  {"commerce", "gross_sale", "o2", "1", "11"},
                                  {"payments", "charge", "a", "1", "11"},
                                  {"payments", "charge", "b", "1", "10"},
                                  {"payments", "charge", "c", "1", "10"}};
    const Outcomes first = reconcile(orders_to_payments, entries);
    for (int round = 0; round < 4; ++round) {
        std::rotate(entries.begin(), entries.begin() + 1, entries.end());
        EXPECT_EQ(reconcile(orders_to_payments, entries), first);
    }
}

}  // namespace
}  // namespace meshline
