// Goal: a history in which captures were taken back equals the history without them: sums, counts,
// what is published, what is an exception, and what every prefix after it says. Undone, it equals
// the history in which nothing was taken back.
// Method: generated captures into a stream of revisions and one without, of overlapping orders,
// some of which cover days, also of orders that later revisions move to other days, with
// retractions of captures and of single records, undoing and runs at generated places; the same
// captures without those that were taken back in a second shop.
#include "properties/capture_shop.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

namespace meshline {
namespace {

/// The number of an order and its revision say what it holds, as two captures of one export do;
/// `cents` make conflicts on the stream without revisions.
PlannedCapture plan_capture() {
    PlannedCapture plan;
    plan.source = *rc::gen::element<std::string>("till", "stall");
    std::set<std::pair<int, int>> seen;
    const int count = *rc::gen::inRange(0, 6);
    for (int index = 0; index < count; ++index) {
        const int id = *rc::gen::inRange(1, 5);
        const int revision = *rc::gen::inRange(1, 4);
        if (!seen.emplace(id, plan.source == "till" ? revision : 0).second) continue;
        plan.orders.push_back({id, revision, 1 + (id + revision) % 4, id * 10'000 + revision});
    }
    if (*rc::gen::inRange(0, 3) == 0) {
        const int first = *rc::gen::inRange(1, 5);
        plan.covered = {first, first + *rc::gen::inRange(0, 3)};
    }
    return plan;
}

TEST(Retraction, a_history_with_captures_taken_back_equals_the_one_without_them) {
    EXPECT_TRUE(rc::check("retracted captures", [] {
        CaptureShop shop;
        CaptureShop other;
        std::vector<std::pair<PlannedCapture, std::string>> captures;
        std::set<std::size_t> retracted;
        const int count = *rc::gen::inRange(1, 6);
        for (int index = 0; index < count; ++index) {
            const PlannedCapture plan = plan_capture();
            captures.emplace_back(plan, shop.capture(plan));
            if (*rc::gen::arbitrary<bool>()) shop.run();
            const std::size_t one = *rc::gen::inRange<std::size_t>(0, captures.size());
            if (*rc::gen::arbitrary<bool>() && !retracted.contains(one)) {
                shop.retract(captures[one].second);
                retracted.insert(one);
                if (*rc::gen::arbitrary<bool>()) shop.run();
            }
        }
        for (std::size_t index = 0; index < captures.size(); ++index) {
            if (!retracted.contains(index)) other.capture(captures[index].first);
        }
        shop.run();
        other.run();
        expect_same(shop.told(), other.told());
    }));
}

TEST(Retraction, what_is_undone_was_never_done) {
    EXPECT_TRUE(rc::check("undone", [] {
        CaptureShop shop;
        CaptureShop other;
        const int count = *rc::gen::inRange(1, 5);
        std::vector<std::string> undo;
        for (int index = 0; index < count; ++index) {
            const PlannedCapture plan = plan_capture();
            const std::string id = shop.capture(plan);
            other.capture(plan);
            if (*rc::gen::arbitrary<bool>()) shop.run();
            if (*rc::gen::arbitrary<bool>()) undo.push_back(shop.retract(id));
            if (*rc::gen::arbitrary<bool>()) shop.run();
        }
        for (const std::string& retraction : undo) {
            shop.retract(retraction);
            if (*rc::gen::arbitrary<bool>()) shop.run();
        }
        shop.run();
        other.run();
        expect_same(shop.told(), other.told());
    }));
}

TEST(Retraction, a_single_record_is_taken_out_until_it_is_captured_again) {
    CaptureShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 1, 250}}});  // positions 2 and 3
    shop.run();
    shop.retract("3");
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    shop.capture({"till", {{2, 1, 1, 250}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "3.5");
}

TEST(Retraction, a_conflict_that_was_refused_comes_in_when_the_other_goes) {
    CaptureShop shop;
    const std::string first = shop.capture({"stall", {{1, 1, 1, 100}}});
    shop.capture({"stall", {{1, 2, 1, 700}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_TRUE(shop.told().contains("rejected stall conflict 1 1"));
    const std::string retraction = shop.retract(first);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "7");
    EXPECT_FALSE(shop.told().contains("rejected stall conflict 1 1"));
    shop.retract(retraction);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_TRUE(shop.told().contains("rejected stall conflict 1 1"));
}

TEST(Retraction, a_coverage_takes_back_what_it_does_not_bring_with_all_its_revisions) {
    CaptureShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.capture({"till", {{2, 2, 1, 300}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "4");
    // Order 2 was of the second before it was of the first, and does not go back there.
    const std::string covering = shop.capture({"till", {{1, 1, 1, 100}}, {{1, 1}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-02"], "");
    shop.retract(covering);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "4");
}

TEST(Retraction, a_coverage_leaves_what_moved_out_of_its_days) {
    CaptureShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 1, 250}}});
    const std::string moving = shop.capture({"till", {{2, 2, 2, 300}}});
    shop.capture({"till", {{1, 1, 1, 100}}, {{1, 1}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-02"], "3");
    // Had it not moved, the coverage would have taken it.
    shop.retract(moving);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
}

TEST(Retraction, an_interrupted_capture_is_found_until_it_is_captured_again) {
    CaptureShop shop;
    shop.interrupt({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    // Another file of the stream does not have its records.
    shop.capture({"till", {{1, 1, 1, 100}, {3, 1, 1, 100}}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
    // One that brought nothing is done again by any capture of its stream.
    shop.interrupt({"stall", {}});
    shop.capture({"till", {}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    shop.capture({"stall", {}});
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
}

TEST(Retraction, an_interrupted_capture_is_found_until_it_is_taken_back) {
    CaptureShop shop;
    shop.interrupt({"till", {{1, 1, 1, 100}}});  // position 1
    shop.run();
    const auto found = shop.found("unfinished_capture");
    ASSERT_EQ(found.size(), 1U);
    shop.retract(found.front().substr(found.front().rfind(' ') + 1));
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "");
}

TEST(Retraction, sums_are_right_at_every_prefix) {
    CaptureShop shop;
    const std::string first = shop.capture({"till", {{1, 1, 1, 100}}});  // 1 to 3
    shop.capture({"till", {{1, 2, 1, 300}}});                            // 4 to 6
    const std::string retraction = shop.retract(first);                  // 7
    shop.retract("5");                                                   // 8
    shop.retract(retraction);                                            // 9
    shop.run();
    const auto at = [&](Position position) {
        return (*shop.stores().daily_totals_at("shop", "gross_sales", position))["2026-03-01"];
    };
    EXPECT_EQ(at(3), "1");
    EXPECT_EQ(at(6), "3");
    EXPECT_EQ(at(7), "3");
    EXPECT_EQ(at(8), "");
    EXPECT_EQ(at(9), "1");
}

}  // namespace
}  // namespace meshline
