// Goal: a rejected event makes doubtful the days it may have changed, those alone. Method: bank
// statements with rows that cannot be read, received on 2026-03-10, and the doubts of the findings.
#include "checks/checked_shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "book first last", in order.
std::vector<std::string> doubts_of(const std::vector<Finding>& findings) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings) {
        for (const Doubt& doubt : finding.doubts)
            texts.push_back(doubt.book + " " + doubt.from.text() + " " + doubt.to.text());
    }
    return texts;
}

TEST(Doubts, failed_events_doubt_their_own_days_and_none_between) {
    CheckedShop shop({});
    shop.capture("bank", "statement",
                 "id,day,amount\na,2026-03-01,x\nb,2026-03-02,y\nc,2026-03-05,z\nd,2026-03-03,1\n");
    EXPECT_THAT(doubts_of(shop.normalize()),
                ElementsAre("bank 2026-03-01 2026-03-02", "bank 2026-03-05 2026-03-05"));
}

TEST(Doubts, a_row_without_its_day_doubts_the_days_it_came_with) {
    CheckedShop shop({});
    shop.capture("bank", "statement", "id,day,amount\na,2026-03-01,1\nb,soon,2\nc,2026-03-04,3\n");
    EXPECT_THAT(doubts_of(shop.normalize()), ElementsAre("bank 2026-03-01 2026-03-04"));
}

TEST(Doubts, alone_it_doubts_the_day_of_receipt) {
    CheckedShop shop({});
    shop.capture("bank", "statement", "id,day,amount\na,soon,1\n");
    EXPECT_THAT(doubts_of(shop.normalize()), ElementsAre("bank 2026-03-10 2026-03-10"));
}

TEST(Doubts, the_days_of_other_streams_are_not_its_own) {
    CheckedShop shop({});
    shop.capture("bank", "statement_lines", "day,amount\n2026-03-01,1\n");
    shop.capture("bank", "statement", "id,day,amount\na,soon,1\n");
    EXPECT_THAT(doubts_of(shop.normalize()), ElementsAre("bank 2026-03-10 2026-03-10"));
}

TEST(Doubts, a_conflict_doubts_the_days_of_both_payloads) {
    CheckedShop shop({});
    shop.capture("bank", "statement", "id,day,amount\na,2026-03-01,1\nb,2026-03-02,1\n");
    shop.capture("bank", "statement", "id,day,amount\na,2026-03-04,1\n");
    EXPECT_THAT(doubts_of(shop.normalize()),
                ElementsAre("bank 2026-03-01 2026-03-01", "bank 2026-03-04 2026-03-04"));
}

TEST(Doubts, a_record_that_is_none_doubts_its_stream) {
    CheckedShop shop({});
    shop.capture("till", "orders", "{\"id\": broken\n");
    EXPECT_THAT(doubts_of(shop.normalize()), ElementsAre("commerce 2026-03-10 2026-03-10"));
}

TEST(Doubts, good_records_make_none) {
    CheckedShop shop({});
    shop.capture("bank", "statement", "id,day,amount\na,2026-03-01,1\n");
    EXPECT_THAT(doubts_of(shop.normalize()), IsEmpty());
}

}  // namespace
}  // namespace meshline
