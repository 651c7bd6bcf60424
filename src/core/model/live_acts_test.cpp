// Goal: of the acts that cover a day the last one is live, on exactly the days it covers.
// Method: a table of overlaps, then random acts against a plain map from day to act.
#include "core/model/live_acts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

namespace meshline {
namespace {

Publication act(std::int64_t sequence, int from, int to, Grain grain = Grain::day) {
    Publication made;
    made.sequence = sequence;
    made.metric = "net_sales";
    made.grain = grain;
    made.period = {from};
    made.through = {to};
    return made;
}

std::string shown(const std::vector<Publication>& live) {
    std::string text;
    for (const Publication& one : live) {
        text += fmt::format("{}{}:{}-{}", text.empty() ? "" : " ", one.sequence, one.period.days,
                            one.through.days);
    }
    return text;
}

TEST(LiveActs, a_later_act_takes_its_days_out_of_a_range) {
    EXPECT_EQ(shown(live_acts({act(1, 1, 9), act(2, 4, 4)})), "1:1-3 2:4-4 1:5-9");
    EXPECT_EQ(shown(live_acts({act(1, 1, 9), act(2, 1, 1)})), "2:1-1 1:2-9");
    EXPECT_EQ(shown(live_acts({act(1, 1, 9), act(2, 9, 9)})), "1:1-8 2:9-9");
    EXPECT_EQ(shown(live_acts({act(1, 1, 9), act(2, 0, 10)})), "2:0-10");
    EXPECT_EQ(shown(live_acts({act(1, 3, 5), act(2, 7, 9), act(3, 4, 8)})), "1:3-3 3:4-8 2:9-9");
}

TEST(LiveActs, the_order_of_the_list_does_not_matter) {
    EXPECT_EQ(shown(live_acts({act(2, 4, 4), act(1, 1, 9)})), "1:1-3 2:4-4 1:5-9");
}

TEST(LiveActs, periods_of_other_lengths_stand_beside_days) {
    EXPECT_EQ(shown(live_acts({act(1, 1, 7, Grain::week), act(2, 1, 1)})), "2:1-1 1:1-7");
}

RC_GTEST_PROP(LiveActs, each_day_has_the_last_act_that_covers_it, ()) {
    constexpr int days = 30;
    const int count = *rc::gen::inRange(0, 40);
    std::vector<Publication> acts;
    std::map<int, std::int64_t> expected;
    for (int sequence = 1; sequence <= count; ++sequence) {
        const int from = *rc::gen::inRange(0, days);
        const int to = *rc::gen::inRange(from, days);
        acts.push_back(act(sequence, from, to));
        for (int day = from; day <= to; ++day)
            expected[day] = sequence;
    }
    std::map<int, std::int64_t> found;
    for (const Publication& one : live_acts(acts)) {
        for (int day = one.period.days; day <= one.through.days; ++day)
            RC_ASSERT(found.emplace(day, one.sequence).second);
    }
    RC_ASSERT(found == expected);
}

}  // namespace
}  // namespace meshline
