// Goal: a clock that cannot be right dates no record.
// Method: a table with both sides of each edge.
#include "operate/orchestrate/judge_clock.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t day = 24 * hour;

Instant after(Instant instant, std::int64_t micros) {
    return {instant.micros + micros};
}

std::string verdict(Instant now, const LastCaptures& last) {
    const auto judged = judge_clock(now, last);
    return judged.ok() ? "" : judged.error().code;
}

TEST(JudgeClock, a_clock_before_the_release_is_refused) {
    EXPECT_EQ(verdict(after(release_at, -1), {}), "clock.not_plausible");
    EXPECT_EQ(verdict(release_at, {}), "");
    EXPECT_EQ(verdict(Instant{0}, {}), "clock.not_plausible");
}

TEST(JudgeClock, a_clock_may_be_put_back_by_an_hour) {
    const Instant last = after(release_at, 10 * day);
    EXPECT_EQ(verdict(after(last, -hour), {last, last}), "");
    EXPECT_EQ(verdict(after(last, -hour - 1), {last, last}), "clock.not_plausible");
    // Another client's capture says nothing of this one's.
    EXPECT_EQ(verdict(after(last, -2 * hour), {std::nullopt, last}), "");
}

TEST(JudgeClock, a_clock_far_ahead_of_release_and_folder_is_refused) {
    EXPECT_EQ(verdict(after(release_at, 400 * day), {}), "");
    EXPECT_EQ(verdict(after(release_at, 400 * day + 1), {}), "clock.not_plausible");
    // A folder that is in use carries the edge with it; captures of before the release do not.
    const Instant last = after(release_at, 300 * day);
    EXPECT_EQ(verdict(after(last, 400 * day), {last, last}), "");
    EXPECT_EQ(verdict(after(last, 400 * day + 1), {last, last}), "clock.not_plausible");
    const Instant old = after(release_at, -900 * day);
    EXPECT_EQ(verdict(after(release_at, 400 * day), {old, old}), "");
}

}  // namespace
}  // namespace meshline
