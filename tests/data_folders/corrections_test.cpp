// Goal: a difference passes only where a correction names it.
// Method: a table of lines then and now.
#include "data_folders/corrections.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<Correction> corrections = read_corrections(
    "# For people.\n"
    "empty_days | - | * * 0 verified 1\n"
    "gone | paris * | -\n"
    "moved | london 2026-03-02 5 held 0 | london 2026-03-02 5 verified 1\n");

TEST(Corrections, what_is_the_same_needs_none) {
    EXPECT_THAT(unexplained("a 1 x\nb 2 y\n", "b 2 y\na 1 x\n", 2, {}), IsEmpty());
}

TEST(Corrections, explain_what_they_name) {
    EXPECT_THAT(unexplained("london 2026-03-02 5 held 0\nparis 2026-03-01 7 verified 1\n",
                            "london 2026-03-02 5 verified 1\nlondon 2026-03-03 0 verified 1\n", 2,
                            corrections),
                IsEmpty());
}

TEST(Corrections, explain_nothing_else) {
    EXPECT_THAT(unexplained("london 2026-03-02 5 held 0\n", "london 2026-03-02 6 verified 1\n", 2,
                            corrections),
                ElementsAre("- london 2026-03-02 5 held 0", "+ london 2026-03-02 6 verified 1"));
    EXPECT_THAT(unexplained("", "london 2026-03-03 1 verified 1\n", 2, corrections),
                ElementsAre("+ london 2026-03-03 1 verified 1"));
    EXPECT_THAT(unexplained("london 2026-03-03 1 verified 1\n", "", 2, corrections),
                ElementsAre("- london 2026-03-03 1 verified 1"));
}

TEST(Corrections, a_star_at_the_end_takes_all_words) {
    EXPECT_TRUE(is_like("a *", "a b c"));
    EXPECT_FALSE(is_like("a *", "a"));
    EXPECT_FALSE(is_like("a * c", "a b b c"));
}

}  // namespace
}  // namespace meshline::test
