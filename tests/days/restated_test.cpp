// Goal: a restatement tells of the live value, and is over when the verified one is back.
// Method: one day's figure, moved and moved back.
#include "days/days_shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

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

}  // namespace
}  // namespace meshline
