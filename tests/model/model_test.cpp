// Goal: what is published, and what every item of a reconciliation comes to, is what a plain model
// makes of the same records: which revisions stand, what a check keeps out, what a reversal takes
// back, days and their states, counts of distinct things, credits, matches.
// Method: random stories of captures, retractions, contracts that come to take more, and runs, of
// all days and of parts, with commits of few rows; after each run all that the product tells is
// held against the model, which knows no SQL and keeps nothing but the records.
#include "model/market.hpp"
#include "model/match_model.hpp"
#include "model/publish_model.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace meshline {
namespace {

/// "" where they tell the same.
std::string difference(const Told& product, const Told& model) {
    std::string text;
    for (const auto& [key, told] : product) {
        const auto found = model.find(key);
        if (found == model.end()) {
            text += fmt::format("{}\n  only the product: {}\n", key, told);
        } else if (found->second != told) {
            text += fmt::format("{}\n  product: {}\n  model:   {}\n", key, told, found->second);
        }
    }
    for (const auto& [key, told] : model) {
        if (!product.contains(key)) text += fmt::format("{}\n  only the model: {}\n", key, told);
    }
    return text;
}

/// Both go through the story and are held against each other after each run; returns what differs.
std::string follow(const Story& story) {
    Market market(story);
    StandingModel standing;
    PublishModel published;
    std::string different;
    for (const Act& act : story.acts) {
        market.act(act);
        switch (act.kind) {
            case ActKind::capture:
                standing.capture(act, story.facts);
                break;
            case ActKind::retract:
                standing.retract(act.capture);
                break;
            case ActKind::widen:
                standing.widen();
                break;
            case ActKind::run:
                published.run(standing, act);
                different += difference(market.published(), published.published());
                different += difference(market.matched(), model_matches(standing));
                break;
        }
        if (!different.empty()) return different;
    }
    return different;
}

TEST(Model, is_what_the_product_publishes) {
    EXPECT_TRUE(rc::check("model", [] {
        // Of full size from the first on: a short story tells nothing.
        const auto full = rc::gen::resize(rc::kNominalSize, rc::gen::exec(generate_story));
        RC_ASSERT(follow(*full) == "");
    }));
}

// What the property found, by name.

Fact order(int id, int revision, int day, std::int64_t cents) {
    Fact fact;
    fact.stream = "orders";
    fact.id = id;
    fact.revision = revision;
    fact.minute = ((day - 1) * 24 + 10) * 60;
    fact.cents = cents;
    fact.quantity = 1;
    fact.order = fmt::format("o{}", id);
    fact.customer = "c1";
    return fact;
}

Act capture_of(const std::string& stream, std::vector<std::size_t> facts) {
    Act act;
    act.kind = ActKind::capture;
    act.stream = stream;
    act.day = 14;
    act.facts = std::move(facts);
    return act;
}

Act widen() {
    Act act;
    act.kind = ActKind::widen;
    return act;
}

Act retract(std::size_t capture) {
    Act act;
    act.kind = ActKind::retract;
    act.capture = capture;
    return act;
}

TEST(Model, a_failed_record_that_is_taken_up_is_of_the_day_it_names) {
    Story story;
    story.facts = {order(1, 1, 1, 10'000)};
    story.facts[0].note = "longer";
    story.acts = {capture_of("orders", {0}), widen(), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, a_failed_record_that_is_taken_up_replaces_the_revision_before_it) {
    Story story;
    story.facts = {order(1, 1, 1, 10'000), order(1, 2, 4, 20'000)};
    story.facts[1].note = "longer";
    story.acts = {capture_of("orders", {0, 1}), Act(), widen(), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, a_lesser_revision_after_a_failed_record_that_is_taken_up_counts_nothing) {
    Story story;
    story.facts = {order(1, 10, 1, 10'000), order(1, 2, 4, 20'000)};
    story.facts[0].note = "longer";
    story.acts = {capture_of("orders", {0, 1}), Act(), widen(), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, revisions_that_are_events_of_their_own_id_replace_each_other_in_later_runs) {
    Story story;
    story.facts = {order(1, 1, 1, 10'000), order(1, 2, 4, 20'000)};
    for (Fact& fact : story.facts)
        fact.stream = "charges";
    story.acts = {capture_of("charges", {0}), Act(), capture_of("charges", {1}), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, a_day_to_come_that_only_an_earlier_revision_named_is_none) {
    Story story;
    story.facts = {order(1, 1, 20, 10'000), order(1, 2, 4, 20'000)};
    story.acts = {capture_of("orders", {0, 1}), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, an_order_is_earned_as_of_the_moment_of_what_stands_of_it) {
    Story story;
    story.facts = {order(1, 1, 1, 10'000), order(1, 2, 12, 10'000), order(1, 1, 8, 0)};
    story.facts[2].stream = "touches";
    story.facts[2].medium = "cpc";
    story.acts = {capture_of("orders", {0}),
                  capture_of("orders", {1}),
                  capture_of("touches", {2}),
                  Act(),
                  retract(0),
                  Act()};
    EXPECT_EQ(follow(story), "");
}

}  // namespace
}  // namespace meshline
