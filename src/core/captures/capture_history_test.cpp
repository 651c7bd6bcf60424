// Goal: which events stand, and by which capture, after captures and retractions of every kind.
// Method: histories written as lists of acts; table cases, and a plain rule held against random
// histories.
#include "core/captures/capture_history.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <rapidcheck/gtest.h>
#include <set>

namespace meshline {
namespace {

/// A log of a client in the making: what each act adds is the next position.
class Acts {
  public:
    /// Events of before captures were kept.
    void old_events(int count) { head_ += static_cast<Position>(count); }
    void open(const std::string& id) {
        add(captures_stream, opening_event_id(id), encode(CaptureOpened{id, {"shop", "orders"}}));
        opened_ = head_;
    }
    void bring(int count) { head_ += static_cast<Position>(count); }
    void close(const std::string& id, const std::string& found = "") {
        CaptureClosed closed;
        closed.id = id;
        closed.brought = PositionSet(opened_ + 1, head_);
        closed.found = *PositionSet::parse(found);
        add(captures_stream, closing_event_id(id), encode(closed));
    }
    /// Takes the positions back, and those of `with` where one of `by` stood.
    void cover(const std::string& id, const std::string& taken, const std::string& by = "",
               const std::string& with = "") {
        open(id);
        CaptureClosed closed;
        closed.id = id;
        closed.coverage = Coverage{};
        closed.coverage->taken = *PositionSet::parse(taken);
        if (!by.empty()) {
            closed.coverage->taken_with.push_back(
                {*PositionSet::parse(by), *PositionSet::parse(with)});
        }
        close(closed);
    }
    void close(const CaptureClosed& closed) {
        add(captures_stream, closing_event_id(closed.id), encode(closed));
    }
    void capture(const std::string& id, int count, const std::string& found = "") {
        open(id);
        bring(count);
        close(id, found);
    }
    void retract_capture(const std::string& id, const std::string& capture) {
        add(retractions_stream, id, encode(Retraction{id, capture, "", {}, "wrong"}));
    }
    void retract_retraction(const std::string& id, const std::string& retraction) {
        add(retractions_stream, id, encode(Retraction{id, "", retraction, {}, "wrong"}));
    }
    void retract_positions(const std::string& id, const std::string& positions) {
        add(retractions_stream, id,
            encode(Retraction{id, "", "", *PositionSet::parse(positions), "wrong"}));
    }

    Position head() const { return head_; }
    CaptureHistory history(std::optional<Position> upto = {}) const {
        auto history = CaptureHistory::of(events_, upto.value_or(head_));
        EXPECT_TRUE(history.ok());
        return std::move(*history);
    }
    /// "1-2:base 4-5:a": what stands by what, without the positions of the acts themselves.
    std::string standing() const {
        const CaptureHistory history = this->history();
        PositionSet acts;
        for (const ReservedEvent& event : events_)
            acts.add(event.position);
        std::string text;
        for (const Standing& one : history.standing()) {
            const PositionSet shown = PositionSet(one.range.first, one.range.last).without(acts);
            if (shown.is_empty()) continue;
            if (!text.empty()) text += ' ';
            text +=
                shown.text() + ':' + (one.capture ? history.captures()[*one.capture].id : "base");
        }
        return text;
    }

  private:
    void add(std::string_view stream, std::string event_id, std::string payload) {
        events_.push_back(
            {++head_, std::string(stream), std::move(event_id), Instant{}, std::move(payload)});
    }

    std::vector<ReservedEvent> events_;
    Position head_ = 0;
    Position opened_ = 0;
};

TEST(CaptureHistory, what_came_before_captures_stands_without_one) {
    Acts acts;
    acts.old_events(2);
    acts.capture("a", 2);
    EXPECT_EQ(acts.standing(), "1-2:base 4-5:a");
}

TEST(CaptureHistory, a_retracted_capture_takes_what_it_alone_brought) {
    Acts acts;
    acts.capture("a", 3);         // 2-4
    acts.capture("b", 1, "3-4");  // 7
    acts.retract_capture("r", "a");
    EXPECT_EQ(acts.standing(), "3-4:b 7:b");
    EXPECT_TRUE(acts.history().fallen().contains(2));
    EXPECT_FALSE(acts.history().fallen().contains(3));
}

TEST(CaptureHistory, a_retraction_can_itself_be_retracted) {
    Acts acts;
    acts.capture("a", 2);
    acts.retract_capture("r", "a");
    EXPECT_EQ(acts.standing(), "");
    acts.retract_retraction("s", "r");
    EXPECT_EQ(acts.standing(), "2-3:a");
    acts.retract_retraction("t", "s");
    EXPECT_EQ(acts.standing(), "");
}

TEST(CaptureHistory, what_is_found_again_stands_again) {
    Acts acts;
    acts.capture("a", 2);
    acts.retract_capture("r", "a");
    acts.capture("b", 0, "2-3");
    EXPECT_EQ(acts.standing(), "2-3:b");
}

TEST(CaptureHistory, a_single_position_leaves_all_captures_so_far) {
    Acts acts;
    acts.capture("a", 3);  // 2-4
    acts.capture("b", 0, "2-4");
    acts.retract_positions("r", "3");
    EXPECT_EQ(acts.standing(), "2:a 4:a");
    acts.capture("c", 0, "3");
    EXPECT_EQ(acts.standing(), "2:a 3:c 4:a");
    acts.retract_retraction("s", "r");
    EXPECT_EQ(acts.standing(), "2-4:a");
}

TEST(CaptureHistory, an_unfinished_capture_is_listed_and_can_be_retracted) {
    Acts acts;
    acts.open("a");
    acts.bring(2);              // 2-3
    acts.capture("b", 1, "2");  // 5
    EXPECT_EQ(acts.standing(), "2-3:a 5:b");
    EXPECT_FALSE(acts.history().captures()[0].closed.has_value());
    acts.retract_capture("r", "a");
    EXPECT_EQ(acts.standing(), "2:b 5:b");
}

TEST(CaptureHistory, a_coverage_takes_out_of_the_captures_before_it) {
    Acts acts;
    acts.old_events(1);
    acts.capture("a", 3);  // 3-5
    acts.cover("b", "1,4");
    EXPECT_EQ(acts.standing(), "3:a 5:a");
    acts.capture("c", 0, "4");
    EXPECT_EQ(acts.standing(), "3:a 4:c 5:a");
    acts.retract_capture("r", "b");
    EXPECT_EQ(acts.standing(), "1:base 3-5:a");
    acts.retract_retraction("s", "r");
    EXPECT_EQ(acts.standing(), "3:a 4:c 5:a");
}

TEST(CaptureHistory, a_coverage_that_does_not_hold_takes_nothing) {
    Acts acts;
    acts.capture("a", 2);
    acts.open("b");
    CaptureClosed closed;
    closed.id = "b";
    closed.coverage = Coverage{};
    closed.coverage->voided_by = void_unread;
    acts.close(closed);
    EXPECT_EQ(acts.standing(), "2-3:a");
}

TEST(CaptureHistory, earlier_revisions_go_with_the_state_that_they_had) {
    Acts acts;
    acts.capture("a", 1);  // 2: elsewhere
    acts.capture("b", 1);  // 5: its later revision, inside
    acts.cover("c", "5", "5", "2");
    EXPECT_EQ(acts.standing(), "");
    // Without the later one the earlier was the state, of which the coverage says nothing.
    acts.retract_capture("r", "b");
    EXPECT_EQ(acts.standing(), "2:a");
    acts.retract_retraction("s", "r");
    EXPECT_EQ(acts.standing(), "");
}

TEST(CaptureHistory, what_was_taken_before_had_no_state_to_take_others_with) {
    Acts acts;
    acts.capture("a", 2);  // 2-3
    acts.retract_positions("r", "3");
    acts.cover("c", "3", "3", "2");
    EXPECT_EQ(acts.standing(), "2:a");
    acts.retract_retraction("s", "r");
    EXPECT_EQ(acts.standing(), "");

    Acts twice;
    twice.capture("a", 2);  // 2-3
    twice.cover("b", "3");
    twice.cover("c", "3", "3", "2");
    EXPECT_EQ(twice.standing(), "2:a");
    twice.retract_capture("r", "b");
    EXPECT_EQ(twice.standing(), "");
}

TEST(CaptureHistory, a_coverage_is_read_as_it_was_written) {
    CaptureClosed closed;
    closed.id = "a";
    closed.coverage = Coverage{.from = *BusinessDate::parse("2026-03-01"),
                               .to = *BusinessDate::parse("2026-03-31"),
                               .starts_at = Instant{1'000'000},
                               .ends_at = Instant{2'500'000},
                               .scope_column = "account",
                               .scope_value = "4711",
                               .voided_by = void_too_many,
                               .objects = 9,
                               .missing = 4,
                               .taken = PositionSet(3, 5),
                               .taken_with = {{PositionSet(3, 3), PositionSet(1, 1)}}};
    const ReservedEvent event{7, "captures", "a/closed", Instant{}, encode(closed)};
    const auto read = decode_closed(event);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(encode(*read), encode(closed));
    EXPECT_EQ(read->coverage->taken_with.front().by.text(), "3");
    EXPECT_EQ(read->coverage->all_taken().text(), "1,3-5");
    EXPECT_EQ(read->coverage->ends_at, closed.coverage->ends_at);
}

TEST(CaptureHistory, what_an_unfinished_capture_was_to_cover_is_void) {
    Coverage coverage;
    coverage.from = *BusinessDate::parse("2026-03-01");
    coverage.to = *BusinessDate::parse("2026-03-31");
    coverage.voided_by = void_unfinished;
    std::vector<ReservedEvent> events = {
        {1, std::string(captures_stream), opening_event_id("a"), Instant{},
         encode(CaptureOpened{"a", {"shop", "orders"}, coverage})}};
    const auto unfinished = CaptureHistory::of(events, 3);
    ASSERT_TRUE(unfinished.ok());
    const auto& announced = unfinished->captures().front().record.coverage;
    ASSERT_TRUE(announced.has_value());
    EXPECT_FALSE(announced->holds());
    EXPECT_EQ(announced->to, coverage.to);
    CaptureClosed closed;
    closed.id = "a";
    events.push_back(
        {4, std::string(captures_stream), closing_event_id("a"), Instant{}, encode(closed)});
    const auto finished = CaptureHistory::of(events, 4);
    ASSERT_TRUE(finished.ok());
    EXPECT_FALSE(finished->captures().front().record.coverage.has_value());
}

TEST(CaptureHistory, a_prefix_knows_nothing_of_what_follows) {
    Acts acts;
    acts.capture("a", 2);
    const Position before = acts.head();
    acts.retract_capture("r", "a");
    EXPECT_FALSE(acts.history(before).captures()[0].is_retracted);
    const PositionSet changed = changed_standing(acts.history(before), acts.history());
    EXPECT_TRUE(changed.contains(2) && changed.contains(3));
    EXPECT_TRUE(changed_standing(acts.history(), acts.history()).is_empty());
}

TEST(CaptureHistory, an_event_that_nobody_can_read_is_damage) {
    for (const char* payload : {"", "[]", "{}", "{\"capture\":1}"}) {
        const ReservedEvent event{1, "captures", "a/opened", Instant{}, payload};
        const auto history = CaptureHistory::of({&event, 1}, 1);
        ASSERT_FALSE(history.ok()) << payload;
        EXPECT_EQ(history.error().code, "captures.not_readable");
        EXPECT_EQ(history.error().kind, ErrorKind::corrupt);
    }
}

// The rule as a person would say it, position by position.
RC_GTEST_PROP(CaptureHistory, stands_while_any_capture_that_has_it_stands, ()) {
    Acts acts;
    std::vector<std::pair<std::string, std::set<Position>>> captures;
    std::map<std::string, bool> retracted;
    const int count = *rc::gen::inRange(1, 5);
    for (int index = 0; index < count; ++index) {
        const std::string id = fmt::format("c{}", index);
        std::set<Position> members;
        std::string found;
        for (Position position = 1; position <= acts.head(); ++position) {
            if (!*rc::gen::arbitrary<bool>()) continue;
            found += (found.empty() ? "" : ",") + std::to_string(position);
            members.insert(position);
        }
        const int brought = *rc::gen::inRange(0, 4);
        for (int one = 1; one <= brought; ++one)
            members.insert(acts.head() + 1 + static_cast<Position>(one));
        acts.capture(id, brought, found);
        captures.emplace_back(id, members);
        if (*rc::gen::arbitrary<bool>()) {
            acts.retract_capture("r" + id, id);
            retracted[id] = true;
        }
    }
    const CaptureHistory history = acts.history();
    std::set<Position> brought;
    for (const Capture& capture : history.captures()) {
        const PositionSet of_capture = history.brought_by(capture);
        for (const PositionRange& range : of_capture.ranges()) {
            for (Position position = range.first; position <= range.last; ++position)
                brought.insert(position);
        }
    }
    for (const Position position : brought) {
        bool stands = false;
        for (const auto& [id, members] : captures)
            stands = stands || (!retracted[id] && members.contains(position));
        RC_ASSERT(history.fallen().contains(position) == !stands);
    }
}

}  // namespace
}  // namespace meshline
