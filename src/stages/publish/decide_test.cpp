// Goal: versions grow with figures alone, and states say how far they can be trusted.
// Method: one table of situations.
#include "stages/publish/decide.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

const std::string ten = "[\"EUR\",\"\",\"\",\"10\"]\n";
const std::string nine = "[\"EUR\",\"\",\"\",\"9\"]\n";
const Trust::Judgement good{false, true, false, ""};
const Trust::Judgement open{false, true, false, "open exception"};
const Trust::Judgement held{true, true, false, "check failed"};
const Trust::Judgement unknown{false, true, true, "open: no record of a later day"};

Publication live(int version, PublicationState state, const std::string& figures,
                 const std::string& reason = "") {
    Publication made;
    made.version = version;
    made.state = state;
    made.reason = reason;
    made.result_digest = sha256(figures);
    return made;
}

TEST(Decide, a_first_publication_is_version_one) {
    const auto next = decide(std::nullopt, std::nullopt, ten, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, PublicationState::verified);
    EXPECT_TRUE(next->has_new_figures);
}

TEST(Decide, the_same_again_is_no_act) {
    EXPECT_FALSE(decide(live(1, PublicationState::verified, ten), 1, ten, good));
    EXPECT_FALSE(decide(live(1, PublicationState::verified, ten), 1, std::nullopt, good));
    EXPECT_FALSE(decide(live(2, PublicationState::restated, nine), 1, nine, good));
}

TEST(Decide, a_change_of_trust_keeps_the_version) {
    const auto next = decide(live(1, PublicationState::provisional, ten, "open exception"),
                             std::nullopt, std::nullopt, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, PublicationState::verified);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_changed_provisional_figure_is_no_restatement) {
    const auto next = decide(live(1, PublicationState::provisional, ten, "open exception"),
                             std::nullopt, nine, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, PublicationState::verified);
}

TEST(Decide, a_changed_verified_figure_is_restated) {
    const auto next = decide(live(1, PublicationState::verified, ten), 1, nine, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, PublicationState::restated);
}

TEST(Decide, a_restatement_stays_one_after_a_doubt_is_settled) {
    const auto doubtful = decide(live(2, PublicationState::restated, nine), 1, std::nullopt, open);
    ASSERT_TRUE(doubtful);
    EXPECT_EQ(doubtful->state, PublicationState::provisional);
    const auto settled = decide(live(2, PublicationState::provisional, nine, "open exception"), 1,
                                std::nullopt, good);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->state, PublicationState::restated);
}

TEST(Decide, a_hold_keeps_the_last_good_version) {
    const auto next = decide(live(1, PublicationState::verified, ten), 1, nine, held);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, PublicationState::held);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_hold_from_the_start_has_no_version) {
    const auto next = decide(std::nullopt, std::nullopt, ten, held);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 0);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_released_hold_publishes_what_waited) {
    const auto next = decide(live(1, PublicationState::held, ten, "check failed"), 1, nine, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, PublicationState::restated);
}

TEST(Decide, an_untouched_day_without_a_publication_is_nothing) {
    EXPECT_FALSE(decide(std::nullopt, std::nullopt, std::nullopt, good));
}

// A day without entries: nothing is known of it, then that it came to nothing.
TEST(Decide, an_open_day_is_version_zero_until_it_is_known_to_be_empty) {
    const auto first = decide(std::nullopt, std::nullopt, "", unknown);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->version, 0);
    EXPECT_EQ(first->state, PublicationState::provisional);
    const Publication was_open =
        live(0, PublicationState::provisional, "", "open: no record of a later day");
    EXPECT_FALSE(decide(was_open, std::nullopt, std::nullopt, unknown));
    const auto passed = decide(was_open, std::nullopt, std::nullopt, good);
    ASSERT_TRUE(passed);
    EXPECT_EQ(passed->version, 1);
    EXPECT_EQ(passed->state, PublicationState::verified);
    const auto came = decide(was_open, std::nullopt, ten, good);
    ASSERT_TRUE(came);
    EXPECT_EQ(came->version, 1);
    EXPECT_TRUE(came->has_new_figures);
}

TEST(Decide, entries_on_a_day_verified_as_empty_restate_it) {
    const auto next = decide(live(1, PublicationState::verified, ""), 1, ten, good);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, PublicationState::restated);
}

TEST(Decide, a_day_whose_entries_went_again_keeps_counting_versions) {
    const auto next = decide(live(1, PublicationState::provisional, ten, "open exception"),
                             std::nullopt, "", unknown);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, PublicationState::provisional);
}

}  // namespace
}  // namespace meshline
