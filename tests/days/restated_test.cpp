// Goal: a restatement tells of the live value, is over when the verified one is back or its days
// are over, and the next one begins where it ended. Method: one day's figure, moved and moved back.
#include "days/days_shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Restated, the_exception_tells_the_live_value_and_closes_when_the_old_one_is_back) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-02,6046.00,c1", "b,2026-03-09,1.00,c1"});
    shop.run();
    shop.sell("2026-03-11", {"a,2026-03-02,4498.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exception("restatement").finding.title,
                HasSubstr("6,046.00 EUR -> 4,498.00 EUR"));
    shop.sell("2026-03-12", {"a,2026-03-02,5000.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exception("restatement").finding.title,
                HasSubstr("6,046.00 EUR -> 5,000.00 EUR"));
    // Other bytes: the very first ones would be a duplicate.
    shop.sell("2026-03-13", {"a,2026-03-02,6046.0,c1"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    EXPECT_EQ(shop.on("2026-03-02"), "6046.00 restated 4");
}

TEST(Restated, a_restatement_is_shown_for_its_days_and_a_later_one_begins_from_it) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-02,6046.00,c1", "b,2026-03-09,1.00,c1"});
    shop.run();
    shop.sell("2026-03-11", {"a,2026-03-02,4498.00,c1"});
    shop.run();
    // 14 days after the latest record is the last time that it is shown.
    shop.sell("2026-03-25", {"c,2026-03-24,1.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), SizeIs(1));
    shop.sell("2026-03-26", {"d,2026-03-25,1.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    shop.sell("2026-04-10", {"a,2026-03-02,5000.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exception("restatement").finding.title,
                HasSubstr("4,498.00 EUR -> 5,000.00 EUR"));
}

}  // namespace
}  // namespace meshline
