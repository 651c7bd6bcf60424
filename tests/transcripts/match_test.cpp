// Goal: expectations match what they say and nothing else.
// Method: pairs of expectation and output on both sides of each edge.
#include "transcripts/match.hpp"

#include <gtest/gtest.h>

namespace meshline::transcripts {
namespace {

TEST(MatchLine, text_is_exact) {
    EXPECT_TRUE(matches_line("", ""));
    EXPECT_TRUE(matches_line("12 events", "12 events"));
    EXPECT_FALSE(matches_line("12 events", "12 events "));
    EXPECT_FALSE(matches_line("12 events", "112 events"));
    EXPECT_FALSE(matches_line("", "x"));
    EXPECT_FALSE(matches_line("x", ""));
}

TEST(MatchLine, digest_is_eight_or_more_hexadecimal_digits) {
    EXPECT_TRUE(matches_line("root <digest>", "root 0123abcd"));
    EXPECT_TRUE(matches_line("<digest>.", std::string(64, 'e') + "."));
    EXPECT_TRUE(matches_line("<digest>ab", "0123456789ab"));
    EXPECT_FALSE(matches_line("root <digest>", "root 0123abc"));
    EXPECT_FALSE(matches_line("root <digest>", "root 0123abcg"));
    EXPECT_FALSE(matches_line("root <digest>", "root 0123ABCD"));
}

TEST(MatchLine, instant_is_a_date_and_a_time) {
    EXPECT_TRUE(matches_line("at <instant>", "at 2026-03-01T08:30:00.123456Z"));
    EXPECT_TRUE(matches_line("at <instant>!", "at 2026-03-01 08:30:00!"));
    EXPECT_TRUE(matches_line("<instant>.", "2026-03-01T08:30:00Z."));
    EXPECT_TRUE(matches_line("<instant>.", "2026-03-01T08:30:00."));
    EXPECT_FALSE(matches_line("at <instant>", "at 2026-03-01"));
    EXPECT_FALSE(matches_line("at <instant>", "at 2026-03-01T08:30:00X"));
    EXPECT_FALSE(matches_line("at <instant>", "at 2026-3-1T08:30:00Z"));
}

TEST(MatchLine, any_text_may_be_empty_and_may_repeat) {
    EXPECT_TRUE(matches_line("<...>", ""));
    EXPECT_TRUE(matches_line("a<...>c", "ac"));
    EXPECT_TRUE(matches_line("a<...>b<...>c", "a-b-b-c"));
    EXPECT_TRUE(matches_line("<...>aab", "aaaab"));
    EXPECT_FALSE(matches_line("a<...>c", "a-d"));
    EXPECT_FALSE(matches_line("a<...>", "b"));
}

TEST(MatchLine, placeholders_stand_side_by_side) {
    EXPECT_TRUE(matches_line("<...><digest>", "x 0123456789"));
    EXPECT_FALSE(matches_line("<digest><digest>", "0123456789abcde"));
    EXPECT_TRUE(matches_line("<digest><digest>", "0123456789abcdef"));
}

TEST(Matches, lines_come_in_order_and_completely) {
    EXPECT_TRUE(matches({}, {}));
    EXPECT_TRUE(matches({"a", "b"}, {"a", "b"}));
    EXPECT_FALSE(matches({"a", "b"}, {"b", "a"}));
    EXPECT_FALSE(matches({"a"}, {"a", "b"}));
    EXPECT_FALSE(matches({"a", "b"}, {"a"}));
    EXPECT_FALSE(matches({}, {""}));
}

TEST(Matches, three_points_stand_for_any_lines) {
    EXPECT_TRUE(matches({"..."}, {}));
    EXPECT_TRUE(matches({"a", "...", "b"}, {"a", "b"}));
    EXPECT_TRUE(matches({"a", "...", "b"}, {"a", "b", "x", "b"}));
    EXPECT_TRUE(matches({"...", "a", "..."}, {"x", "a", "y"}));
    EXPECT_FALSE(matches({"a", "...", "b"}, {"a", "x"}));
    EXPECT_FALSE(matches({"...", "a"}, {"a", "x"}));
}

TEST(Difference, shows_what_is_missing_and_what_is_new) {
    EXPECT_EQ(difference({"a", "b <digest>", "c"}, {"a", "b 01234567", "d"}),
              "  a\n  b 01234567\n- c\n+ d\n");
    EXPECT_EQ(difference({}, {"a"}), "+ a\n");
    EXPECT_EQ(difference({"a"}, {}), "- a\n");
}

}  // namespace
}  // namespace meshline::transcripts
