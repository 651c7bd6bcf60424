// Goal: a break makes doubtful the days on which what it is about may be wrong, those alone.
// Method: entries put straight into the warehouse, one reconciliation, and the doubts of the
// findings.
#include "reconcile/reconcile_fixture.hpp"
#include "stages/reconcile/breaks.hpp"

namespace meshline {
namespace {

TEST_F(ReconcileTest, unequal_items_make_both_books_doubtful_on_their_own_days) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                   {"payments", "charge", "c1", "1", "11", "2026-03-03"}});
    EXPECT_EQ(doubts_,
              (Outcomes{"commerce 2026-03-01 2026-03-01", "payments 2026-03-03 2026-03-03"}));
}

TEST_F(ReconcileTest, what_is_missing_may_belong_to_any_day_on_which_it_was_awaited) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"}});
    EXPECT_EQ(doubts_,
              (Outcomes{"commerce 2026-03-01 2026-03-01", "payments 2026-03-01 2026-03-04"}));
    reconcile(orders_to_payments, {{"payments", "charge", "c1", "1", "10"}});
    EXPECT_EQ(doubts_,
              (Outcomes{"commerce 2026-03-01 2026-03-02", "payments 2026-03-01 2026-03-01"}));
}

TEST_F(ReconcileTest, a_duplicate_tells_nothing_of_the_other_side) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                   {"payments", "charge", "a", "1", "10"},
                                   {"payments", "charge", "b", "1", "10", "2026-03-02"}});
    EXPECT_EQ(doubts_, (Outcomes{"payments 2026-03-02 2026-03-02"}));
}

TEST_F(ReconcileTest, a_side_that_is_the_record_stays_trusted) {
    reconcile(
        (std::string(orders_to_payments) + "doubts: right\n").c_str(),
        {{"commerce", "gross_sale", "o1", "1", "10"}, {"payments", "charge", "c1", "1", "11"}});
    EXPECT_EQ(doubts_, (Outcomes{"payments 2026-03-01 2026-03-01"}));
}

TEST_F(ReconcileTest, an_item_of_several_days_is_doubtful_on_each_of_them) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "12"},
                                   {"commerce", "discount", "o1", "1", "-2", "2026-03-04"},
                                   {"payments", "charge", "c1", "1", "12", "2026-03-02"}});
    EXPECT_EQ(doubts_, (Outcomes{"commerce 2026-03-01 2026-03-01", "commerce 2026-03-04 2026-03-04",
                                 "payments 2026-03-02 2026-03-02"}));
    EXPECT_EQ(spans_, (Outcomes{"2026-03-01 2026-03-04"}));
}

TEST_F(ReconcileTest, entries_that_do_not_stand_make_no_day_doubtful) {
    reconcile(orders_to_payments,
              {{"commerce", "gross_sale", "o1", "1", "12"},
               {"commerce", "discount", "o1", "1", "-2", "2026-03-04", "EUR", "", 3},
               {"commerce", "discount", "o1", "1", "-3", "2026-03-05"}});
    EXPECT_EQ(doubts_, (Outcomes{"commerce 2026-03-01 2026-03-01", "commerce 2026-03-05 2026-03-05",
                                 "payments 2026-03-01 2026-03-08"}));
}

TEST_F(ReconcileTest, a_duplicate_of_several_days_is_doubtful_on_each_of_them) {
    reconcile(orders_to_payments, {{"commerce", "gross_sale", "o1", "1", "10"},
                                   {"payments", "charge", "a", "1", "10"},
                                   {"payments", "charge", "b", "1", "4", "2026-03-02"},
                                   {"payments", "charge", "b", "1", "6", "2026-03-06"}});
    EXPECT_EQ(doubts_,
              (Outcomes{"payments 2026-03-02 2026-03-02", "payments 2026-03-06 2026-03-06"}));
}

TEST_F(ReconcileTest, a_silence_doubts_each_day_of_what_waits) {
    heard_on_ = "2026-03-02";
    reconcile(
        "reconciliation: r\nowner: ana\n"
        "left: {book: payments, entries: [charge, fee], item: order_ref}\n"
        "right: {book: commerce, entries: [gross_sale], item: order_ref}\n"
        "match: [{one_to_one: {key: order_ref}}]\ndue: {right_days: 3}\n",
        {{"payments", "charge", "c1", "1", "10"},
         {"payments", "fee", "f1", "1", "-2", "2026-03-07"}});
    EXPECT_EQ(titles_, (Outcomes{"1 item of payments waits for commerce, of which nothing came"
                                 " after 2026-03-02 (r)"}));
    EXPECT_EQ(doubts_,
              (Outcomes{"payments 2026-03-01 2026-03-01", "payments 2026-03-07 2026-03-07",
                        "commerce 2026-03-01 2026-03-04", "commerce 2026-03-07 2026-03-10"}));
}

TEST_F(ReconcileTest, breaks_that_are_summed_up_doubt_the_days_of_all_their_entries) {
    std::vector<std::string> orders;
    for (int order = 0; order <= breaks_named_max; ++order)
        orders.push_back(fmt::format("{:04}", order));
    std::vector<Entry> entries;
    for (const std::string& order : orders) {
        const char* id = order.c_str();
        entries.push_back({"commerce", "gross_sale", id, id, "10"});
        entries.push_back({"commerce", "discount", id, id, "-1", "2026-03-05"});
    }
    reconcile(orders_to_payments, entries);
    const Outcomes of_each = {"commerce 2026-03-01 2026-03-01", "commerce 2026-03-05 2026-03-05",
                              "payments 2026-03-01 2026-03-08"};
    ASSERT_EQ(titles_.size(), static_cast<std::size_t>(breaks_named_max) + 1);
    EXPECT_EQ(Outcomes(doubts_.end() - 3, doubts_.end()), of_each);
    EXPECT_EQ(Outcomes(doubts_.begin(), doubts_.begin() + 3), of_each);
}

}  // namespace
}  // namespace meshline
