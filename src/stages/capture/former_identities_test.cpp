// Goal: what was captured before a "/" in one of several fields was told from one that joins them
// is known again, as the same event and the same object.
// Method: a cursor over hand-written events.
#include "stages/capture/former_identities.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

class Walk : public EventCursor {
  public:
    explicit Walk(std::vector<Event> events) : events_(std::move(events)) {}

    Result<bool> next(Event& event) override {
        if (at_ == events_.size()) return false;
        event = events_[at_++];
        event.position = at_;
        event.source = "shop";
        event.stream = "lines";
        event.payload_digest = sha256(event.payload);
        return true;
    }

  private:
    std::vector<Event> events_;
    std::size_t at_ = 0;
};

class FormerIdentitiesTest : public testing::Test {
  protected:
    FormerIdentitiesTest() {
        source_.head.name = "shop";
        source_.read["lines"] = {};
        stream_.name = "lines";
        stream_.identity.event_id = {{"order"}, {"id"}};
    }

    FormerIdentities read(std::vector<Event> events) const {
        Walk walk(std::move(events));
        auto former = FormerIdentities::read(walk, source_, stream_, {});
        EXPECT_TRUE(former.ok());
        return std::move(former).value();
    }

    static Event event(const char* event_id, const char* object_id, const char* payload) {
        Event made;
        made.event_id = event_id;
        made.object_id = object_id;
        made.payload = payload;
        made.verdict = Verdict::kept;
        return made;
    }

    SourceDefinition source_;
    StreamDefinition stream_;
};

TEST_F(FormerIdentitiesTest, fields_that_hold_a_slash_were_joined_plainly) {
    const auto former = read({event("a/b/c", "a/b/c", R"({"order": "a", "id": "b/c"})"),
                              event("d/e", "d/e", R"({"order": "d", "id": "e"})")});
    const EventIds* known = former.find("", R"(a/b\/c)");
    ASSERT_NE(known, nullptr);
    EXPECT_EQ(known->event_id, "a/b/c");
    EXPECT_EQ(known->object_id, "a/b/c");
    EXPECT_EQ(*former.find_object(R"(a/b\/c)"), "a/b/c");
    // The same id, and never captured.
    EXPECT_EQ(former.find("", R"(a\/b/c)"), nullptr);
    EXPECT_EQ(former.find_object(R"(a\/b/c)"), nullptr);
    EXPECT_EQ(former.find("", "d/e"), nullptr);
}

TEST_F(FormerIdentitiesTest, an_object_is_known_by_other_events_and_by_failed_ones) {
    stream_.identity.event_id = {{"n"}};
    stream_.identity.object_id = {{"order"}, {"id"}};
    Event failed = event("failed/1", "g/h/i", R"({"n": 2, "order": "g/h", "id": "i"})");
    failed.verdict = Verdict::broken;
    const auto former =
        read({event("1", "a/b/c", R"({"n": 1, "order": "a", "id": "b/c"})"), failed});
    EXPECT_FALSE(former.is_empty());
    EXPECT_EQ(former.find("", "1"), nullptr);
    EXPECT_EQ(*former.find_object(R"(a/b\/c)"), "a/b/c");
    EXPECT_EQ(*former.find_object(R"(g\/h/i)"), "g/h/i");
}

TEST_F(FormerIdentitiesTest, numbers_were_their_digits) {
    stream_.identity.event_id = {{"id"}};
    const auto former =
        read({event("7.0", "7.0", R"({"id": 7.0})"), event("8", "8", R"({"id": 8})"),
              event("8.0", "8.0", R"({"id": 8.0})")});
    EXPECT_EQ(former.find("", "7")->event_id, "7.0");
    EXPECT_EQ(*former.find_object("7"), "7.0");
    // What the log knows under the present id is that.
    EXPECT_EQ(former.find("", "8"), nullptr);
    EXPECT_EQ(former.find_object("8"), nullptr);
}

TEST_F(FormerIdentitiesTest, nothing_is_former_where_no_field_held_a_slash) {
    EXPECT_TRUE(read({event("a/b", "a/b", R"({"order": "a", "id": "b"})"),
                      event(R"(a\/b/c)", R"(a\/b/c)", R"({"order": "a/b", "id": "c"})")})
                    .is_empty());
}

}  // namespace
}  // namespace meshline
