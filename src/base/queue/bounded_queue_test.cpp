// Goal: values cross threads once each and in order, and closing ends both sides.
// Method: one giver and one taker over a queue far smaller than the load.
#include "base/queue/bounded_queue.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace meshline {
namespace {

TEST(BoundedQueue, hands_every_value_over_in_order) {
    BoundedQueue<int> queue(2);
    std::jthread giver([&] {
        for (int number = 0; number < 1000; ++number)
            EXPECT_TRUE(queue.push(number));
        queue.close();
    });
    int expected = 0;
    while (const auto number = queue.pop())
        EXPECT_EQ(*number, expected++);
    EXPECT_EQ(expected, 1000);
}

TEST(BoundedQueue, closing_releases_a_waiting_giver) {
    BoundedQueue<int> queue(1);
    ASSERT_TRUE(queue.push(1));
    std::jthread closer([&] { queue.close(); });
    while (queue.push(2)) {
    }
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_FALSE(queue.push(3));
}

}  // namespace
}  // namespace meshline
