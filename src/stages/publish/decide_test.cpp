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

constexpr auto verified = PublicationState::verified;
constexpr auto restated = PublicationState::restated;

Unit live(int version, PublicationState state, const std::string& figures,
          const std::string& reason = "") {
    Publication made;
    made.version = version;
    made.state = state;
    made.reason = reason;
    made.result_digest = sha256(figures);
    Unit unit;
    unit.add(made);
    return unit;
}

TEST(Decide, a_first_publication_is_version_one) {
    const auto next = decide(Unit(), ten, good, verified);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, verified);
    EXPECT_TRUE(next->has_new_figures);
}

TEST(Decide, the_same_again_is_no_act) {
    EXPECT_FALSE(decide(live(1, verified, ten), ten, good, verified));
    EXPECT_FALSE(decide(live(1, verified, ten), std::nullopt, good, verified));
    EXPECT_FALSE(decide(live(2, restated, nine), nine, good, restated));
}

TEST(Decide, a_change_of_trust_keeps_the_version) {
    const auto next = decide(live(1, PublicationState::provisional, ten, "open exception"),
                             std::nullopt, good, verified);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, verified);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_changed_provisional_figure_is_no_restatement) {
    const auto next =
        decide(live(1, PublicationState::provisional, ten, "open exception"), nine, good, verified);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, verified);
}

TEST(Decide, a_changed_verified_figure_is_restated) {
    const auto next = decide(live(1, verified, ten), nine, good, restated);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, restated);
}

TEST(Decide, a_restatement_stays_one_after_a_doubt_is_settled) {
    const auto doubtful = decide(live(2, restated, nine), std::nullopt, open, restated);
    ASSERT_TRUE(doubtful);
    EXPECT_EQ(doubtful->state, PublicationState::provisional);
    const auto settled = decide(live(2, PublicationState::provisional, nine, "open exception"),
                                std::nullopt, good, restated);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->state, restated);
}

TEST(Decide, a_hold_keeps_the_last_good_version) {
    const auto next = decide(live(1, verified, ten), nine, held, restated);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 1);
    EXPECT_EQ(next->state, PublicationState::held);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_hold_from_the_start_has_no_version) {
    const auto next = decide(Unit(), ten, held, verified);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 0);
    EXPECT_FALSE(next->has_new_figures);
}

TEST(Decide, a_released_hold_publishes_what_waited) {
    const auto next =
        decide(live(1, PublicationState::held, ten, "check failed"), nine, good, restated);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, restated);
}

TEST(Decide, an_untouched_day_without_a_publication_is_nothing) {
    EXPECT_FALSE(decide(Unit(), std::nullopt, good, verified));
}

// A day without entries: nothing is known of it, then that it came to nothing.
TEST(Decide, an_open_day_is_version_zero_until_it_is_known_to_be_empty) {
    const auto first = decide(Unit(), "", unknown, verified);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->version, 0);
    EXPECT_EQ(first->state, PublicationState::provisional);
    const Unit was_open =
        live(0, PublicationState::provisional, "", "open: no record of a later day");
    EXPECT_FALSE(decide(was_open, std::nullopt, unknown, verified));
    const auto passed = decide(was_open, std::nullopt, good, verified);
    ASSERT_TRUE(passed);
    EXPECT_EQ(passed->version, 1);
    EXPECT_EQ(passed->state, verified);
    const auto came = decide(was_open, ten, good, verified);
    ASSERT_TRUE(came);
    EXPECT_EQ(came->version, 1);
    EXPECT_TRUE(came->has_new_figures);
}

TEST(Decide, entries_on_a_day_verified_as_empty_restate_it) {
    const auto next = decide(live(1, verified, ""), ten, good, restated);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->version, 2);
    EXPECT_EQ(next->state, restated);
}

// As in a folder that never had the entries.
TEST(Decide, a_day_whose_entries_went_again_is_open_and_keeps_counting_versions) {
    Unit unit = live(3, verified, ten);
    const auto gone = decide(unit, "", unknown, restated);
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->version, 0);
    EXPECT_EQ(gone->state, PublicationState::provisional);
    EXPECT_TRUE(gone->has_new_figures);
    Publication act = *live(0, PublicationState::provisional, "", unknown.reason).live;
    unit.add(act);
    EXPECT_FALSE(decide(unit, std::nullopt, unknown, restated));
    const auto back = decide(unit, ten, good, verified);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->version, 4);
    EXPECT_EQ(back->state, verified);
}

TEST(Decide, a_doubt_is_told_before_what_there_would_be_without_it) {
    const auto next = decide(live(1, verified, ten), nine, open, restated);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->state, PublicationState::provisional);
}

TEST(SayOtherwise, looks_at_what_both_tell_of) {
    const std::string by_web = "[\"EUR\",\"channel\",\"web\",\"10\"]\n";
    const std::string by_shop = "[\"EUR\",\"channel\",\"shop\",\"10\"]\n";
    const std::string dollars = "[\"USD\",\"\",\"\",\"10\"]\n";
    const std::string zero = "[\"EUR\",\"\",\"\",\"0\"]\n";
    const struct {
        std::string earlier, now;
        bool is_other;
    } cases[] = {
        {ten, ten, false},
        {ten, nine, true},
        {ten, ten + by_web, false},           // a dimension was added
        {ten + by_web, ten, false},           // or dropped
        {ten + by_web, ten + by_shop, true},  // a part moved
        {ten + by_web, nine + by_web, true},
        {ten, ten + dollars, true},
        {ten, "", true},
        {"", ten, true},
        {"", "", false},
        {zero, "", false},  // no entries come to 0
        {zero + by_web, "", false},
    };
    for (const auto& [earlier, now, is_other] : cases) {
        const auto says = say_otherwise(earlier, now, "EUR");
        ASSERT_TRUE(says.ok()) << says.error().message;
        EXPECT_EQ(*says, is_other) << earlier << "then\n" << now;
    }
    EXPECT_FALSE(say_otherwise("", "[", "EUR").ok());
}

}  // namespace
}  // namespace meshline
