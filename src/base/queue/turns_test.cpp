// Goal: a step that many threads do is done in the order of their turns, and a dropped turn keeps
// exactly those after it from it.
// Method: threads that take turns in no order of their own; turns dropped in the middle.
#include "base/queue/turns.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace meshline {
namespace {

TEST(Turns, come_in_order_whoever_is_first) {
    constexpr std::uint64_t count = 200;
    Turns turns;
    std::vector<std::uint64_t> done;
    {
        std::vector<std::jthread> threads;
        for (std::uint64_t number = count; number-- > 0;) {
            threads.emplace_back([&, number] {
                Turn turn(turns, number);
                ASSERT_TRUE(turn.wait());
                done.push_back(number);
                turn.finish();
            });
        }
    }
    ASSERT_EQ(done.size(), count);
    for (std::uint64_t number = 0; number < count; ++number)
        EXPECT_EQ(done[number], number);
}

TEST(Turns, after_a_dropped_one_never_come_and_those_before_it_do) {
    Turns turns;
    std::jthread later([&] {
        Turn turn(turns, 2);
        EXPECT_FALSE(turn.wait());
    });
    {
        const Turn dropped(turns, 1);
    }
    Turn first(turns, 0);
    EXPECT_TRUE(first.wait());
    first.finish();
    EXPECT_FALSE(Turn(turns, 3).wait());
}

TEST(Turns, of_a_turn_that_moved_are_finished_once) {
    Turns turns;
    Turn first(turns, 0);
    Turn moved = std::move(first);
    EXPECT_TRUE(moved.wait());
    moved.finish();
    EXPECT_TRUE(Turn(turns, 1).wait());
}

}  // namespace
}  // namespace meshline
