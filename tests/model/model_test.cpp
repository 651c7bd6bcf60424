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

// What the random stories meet too rarely.

Fact fact_of(const std::string& stream, int id, int revision, int day) {
    Fact fact = order(id, revision, day, 10'000);
    fact.stream = stream;
    return fact;
}

Fact touch(int id, int revision, int day) {
    Fact fact = fact_of("touches", id, revision, day);
    fact.medium = "cpc";
    fact.order.clear();
    return fact;
}

/// Captures the facts, stream by stream, and runs.
std::string follow_facts(const std::vector<Fact>& facts) {
    Story story;
    story.facts = facts;
    for (std::size_t place = 0; place < facts.size(); ++place)
        story.acts.push_back(capture_of(facts[place].stream, {place}));
    story.acts.emplace_back();
    return follow(story);
}

TEST(Model, a_return_of_exactly_the_bound_holds_nothing) {
    Fact on_bound = fact_of("returns", 1, 1, 3);
    on_bound.cents = 30'000;
    Fact beyond = fact_of("returns", 2, 1, 5);
    beyond.cents = 30'001;
    EXPECT_EQ(follow_facts({on_bound, beyond}), "");
}

TEST(Model, a_touch_earns_from_the_lookback_s_edge_to_the_order_s_moment) {
    for (const int minute : {-1, 0}) {
        Fact first = touch(1, 1, 1);
        first.minute += minute;
        EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), first}), "") << minute;
        first.customer.clear();
        first.order = "o1";
        EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), first}), "") << minute;
    }
    for (const int minute : {0, 1}) {
        Fact last = touch(1, 1, 8);
        last.minute += minute;
        EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), last}), "") << minute;
        last.customer.clear();
        last.order = "o1";
        EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), last}), "") << minute;
    }
}

TEST(Model, the_last_touch_earns_the_order) {
    Fact earlier = touch(1, 1, 4);
    earlier.medium = "email";
    Fact last = touch(2, 1, 6);
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), last, earlier}), "");
    for (Fact* one : {&earlier, &last}) {
        one->customer.clear();
        one->order = "o1";
    }
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), last, earlier}), "");
}

TEST(Model, a_touch_that_comes_after_a_run_moves_the_order_s_day) {
    Story story;
    story.facts = {order(1, 1, 8, 10'000), touch(1, 1, 6)};
    story.acts = {capture_of("orders", {0}), Act(), capture_of("touches", {1}), Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, a_group_is_complete_on_the_day_of_its_last_item) {
    Fact payout = fact_of("payouts", 1, 1, 6);
    payout.cents = 20'000;
    std::vector<Fact> facts = {fact_of("charges", 1, 1, 1), fact_of("charges", 2, 1, 4), payout};
    for (Fact& fact : facts)
        fact.payout = "y1";
    EXPECT_EQ(follow_facts(facts), "");
}

TEST(Model, an_item_whose_other_side_is_silent_is_not_missing) {
    Story story;
    story.facts = {fact_of("charges", 9, 1, 2), order(1, 1, 8, 10'000)};
    story.acts = {capture_of("charges", {0}), capture_of("orders", {1}), Act()};
    for (const int silent_since : {10, 11, 12}) {
        story.acts[0].day = silent_since;
        EXPECT_EQ(follow(story), "") << silent_since;
    }
}

TEST(Model, a_failed_record_without_revisions_counts_once_it_is_captured_again) {
    Story story;
    story.facts = {fact_of("returns", 1, 1, 3)};
    story.facts[0].note = "longer";
    const Act capture = capture_of("returns", {0});
    story.acts = {capture, widen(), Act(), capture, Act(), capture, Act()};
    EXPECT_EQ(follow(story), "");
}

TEST(Model, a_replaced_touch_earns_nothing) {
    Fact corrected = touch(1, 2, 4);
    corrected.customer = "c2";
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), touch(1, 1, 4), corrected}), "");
}

TEST(Model, a_replaced_email_links_nobody) {
    Fact of_other = touch(1, 1, 4);
    of_other.customer = "c2";
    of_other.email = " Eva@example.test";
    Fact contact = fact_of("contacts", 1, 1, 1);
    contact.email = "Eva@Example.test ";
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), of_other, contact}), "");
    Fact corrected = fact_of("contacts", 1, 2, 1);
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), of_other, contact, corrected}), "");
    Fact anonymous = touch(1, 2, 4);
    anonymous.customer = "c2";
    EXPECT_EQ(follow_facts({order(1, 1, 8, 10'000), of_other, anonymous, contact}), "");
}

}  // namespace
}  // namespace meshline
