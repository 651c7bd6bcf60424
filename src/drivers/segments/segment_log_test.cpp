// Goal: what is appended is read back as it was, with the right outcomes and roots, also after the
// log was closed and opened again.
// Method: real files in a temporary folder, small segments and blocks, a tree built by definition.
#include "drivers/segments/segment_log.hpp"

#include "base/merkle/merkle.hpp"
#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>
#include <map>

namespace meshline {
namespace {

std::vector<Outcome> outcomes_of(const std::vector<Appended>& appended) {
    std::vector<Outcome> outcomes;
    for (const Appended& one : appended)
        outcomes.push_back(one.outcome);
    return outcomes;
}

TestRecord record(const std::string& event_id, const std::string& payload,
                  bool has_revisions = true) {
    return {.event_id = event_id, .payload = payload, .has_revisions = has_revisions};
}

TEST(SegmentLog, gives_every_field_back) {
    const TemporaryFolder folder;
    const TestRecord kept{.stream = "refunds",
                          .event_id = std::string("a\0b\n\"", 5),
                          .payload = std::string("\x00\xff{", 3),
                          .object_id = "",
                          .occurred_at = INT64_MIN,
                          .verdict = Verdict::unreadable};
    const TestRecord later{.event_id = "2", .payload = "", .occurred_at = INT64_MAX - 5'000'000};
    append(*open_log(folder.log()), {kept, later});

    const auto log = open_log(folder.log());
    const auto cursor = log->read(shop, 1, 2).value();
    Event event;
    ASSERT_TRUE(*cursor->next(event));
    EXPECT_EQ(event.position, 1u);
    EXPECT_EQ(event.source, "shopify");
    EXPECT_EQ(event.stream, "refunds");
    EXPECT_EQ(event.event_id, kept.event_id);
    EXPECT_EQ(event.object_id, "");
    EXPECT_EQ(event.occurred_at.micros, INT64_MIN);
    EXPECT_EQ(event.received_at.micros, INT64_MIN + 5'000'000);
    EXPECT_EQ(event.outcome, Outcome::added);
    EXPECT_EQ(event.verdict, Verdict::unreadable);
    EXPECT_EQ(event.contract_digest, sha256("contract"));
    EXPECT_EQ(event.payload_digest, sha256(kept.payload));
    EXPECT_EQ(event.payload, kept.payload);
    ASSERT_TRUE(*cursor->next(event));
    EXPECT_EQ(event.occurred_at.micros, INT64_MAX - 5'000'000);
    EXPECT_EQ(event.payload, "");
    EXPECT_FALSE(*cursor->next(event));
}

TEST(SegmentLog, reads_any_range_and_clips_it) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log(), small_options());
    append(*log, numbered_records(1, 100));
    EXPECT_GT(folder.segments().size(), 1u);
    for (Position from = 0; from <= 102; from += 3) {
        for (Position to = 0; to <= 102; to += 7) {
            const auto events = try_read(*log, from, to).value();
            const Position first = std::max<Position>(from, 1);
            const Position last = std::min<Position>(to, 100);
            ASSERT_EQ(events.size(), first <= last ? last - first + 1 : 0) << from << " " << to;
            for (std::size_t index = 0; index < events.size(); ++index) {
                ASSERT_EQ(events[index].position, first + index);
                ASSERT_EQ(events[index].payload, numbered_record(first + index).payload);
            }
        }
    }
}

TEST(SegmentLog, a_cursor_ends_where_the_log_ended_when_it_was_made) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    append(*log, numbered_records(1, 3));
    const auto cursor = log->read(shop, 1, UINT64_MAX).value();
    append(*log, numbered_records(4, 3));
    Event event;
    for (int index = 0; index < 3; ++index)
        EXPECT_TRUE(*cursor->next(event));
    EXPECT_FALSE(*cursor->next(event));
}

TEST(SegmentLog, decides_outcomes_within_one_append) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    const auto appended = append(
        *log, {record("1", "v1"), record("1", "v2"), record("1", "v1"), record("1", "v2"),
               record("2", "v1", false), record("2", "v2", false), record("2", "v2", false)});
    EXPECT_EQ(
        outcomes_of(appended),
        (std::vector{Outcome::added, Outcome::revision, Outcome::duplicate, Outcome::duplicate,
                     Outcome::added, Outcome::conflict, Outcome::duplicate}));
    std::vector<Position> positions;
    for (const Appended& one : appended)
        positions.push_back(one.position);
    EXPECT_EQ(positions, (std::vector<Position>{1, 2, 1, 2, 3, 4, 4}));
    EXPECT_EQ(log->head(shop)->position, 4u);
}

TEST(SegmentLog, looks_up_what_would_become_of_drafts_and_stores_nothing) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    const std::vector<TestRecord> asked = {record("1", "v1"), record("1", "v2"),
                                           record("1", "v2", false), record("2", "v1"),
                                           record("2", "v1")};
    const auto look_up = [&] { return log->look_up(shop, drafts_of(asked)).value(); };
    EXPECT_EQ(outcomes_of(look_up()), (std::vector(5, Outcome::added)));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "log" / "shop"));
    append(*log, {record("0", "v1"), record("1", "v1")});
    for (int round = 0; round < 2; ++round) {
        const auto found = look_up();
        EXPECT_EQ(outcomes_of(found),
                  (std::vector{Outcome::duplicate, Outcome::revision, Outcome::conflict,
                               Outcome::added, Outcome::added}));
        EXPECT_EQ(found[0].position, 2u);
    }
    EXPECT_EQ(log->head(shop)->position, 2u);
}

TEST(SegmentLog, remembers_identities_when_opened_again) {
    const TemporaryFolder folder;
    append(*open_log(folder.log()), {record("1", "v1"), record("1", "v2")});
    const auto appended =
        append(*open_log(folder.log()), {record("1", "v1"), record("1", "v3"), record("2", "v1")});
    EXPECT_EQ(outcomes_of(appended),
              (std::vector{Outcome::duplicate, Outcome::revision, Outcome::added}));
    EXPECT_EQ(appended[0].position, 1u);
}

TEST(SegmentLog, remembers_identities_without_its_index) {
    const TemporaryFolder folder;
    append(*open_log(folder.log(), small_options()), numbered_records(1, 200));
    std::filesystem::remove(folder.path() / "log" / "shop" / "identity.index");
    const auto appended =
        append(*open_log(folder.log(), small_options()), numbered_records(101, 200));
    for (std::size_t index = 0; index < appended.size(); ++index) {
        EXPECT_EQ(appended[index].outcome, index < 100 ? Outcome::duplicate : Outcome::added);
        EXPECT_EQ(appended[index].position, 101 + index);
    }
}

TEST(SegmentLog, keeps_identities_of_streams_apart) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    TestRecord other = record("1", "v1");
    other.stream = "orders1";
    TestRecord shifted = record("11", "v1");
    const auto appended = append(*log, {record("1", "v1"), other, shifted});
    for (const Appended& one : appended)
        EXPECT_EQ(one.outcome, Outcome::added);
}

TEST(SegmentLog, keeps_clients_apart) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    append(*log, numbered_records(1, 2));
    const TestRecord same = numbered_record(1);
    const EventDraft draft = same.draft();
    const auto appended = log->append(ClientId("other"), std::span(&draft, 1)).value();
    EXPECT_EQ(appended[0].outcome, Outcome::added);
    EXPECT_EQ(appended[0].position, 1u);
    EXPECT_EQ(*log->clients(), (std::vector{ClientId("other"), shop}));
    EXPECT_NE(log->root_at(ClientId("other"), 1)->hex(), log->root_at(shop, 1)->hex());
}

TEST(SegmentLog, lists_clients_without_opening_them) {
    const TemporaryFolder folder;
    append(*open_log(folder.log()), numbered_records(1, 2));
    write_file(folder.segments()[0], "damaged");
    write_file(folder.path() / "log" / "a_file", "");
    std::filesystem::create_directory(folder.path() / "log" / "empty");
    const auto log = open_log(folder.log());
    EXPECT_EQ(*log->clients(), std::vector{shop});
    EXPECT_EQ(log->head(shop).error().code, "log.corrupt");
}

TEST(SegmentLog, an_unknown_client_is_an_empty_log_and_leaves_no_file) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    EXPECT_EQ(log->head(shop)->position, 0u);
    EXPECT_EQ(log->head(shop)->root, merkle_empty_root());
    EXPECT_TRUE(read_all(*log).empty());
    EXPECT_EQ(log->verify(shop, {})->position, 0u);
    EXPECT_TRUE(log->append(shop, {})->empty());
    EXPECT_TRUE(log->clients()->empty());
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "log" / "shop"));
}

/// Every file of the log, with its bytes.
std::map<std::string, std::string> files_of(const TemporaryFolder& folder) {
    std::map<std::string, std::string> files;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path()))
        files[file.path()] = file.is_regular_file() ? file_bytes(file.path()) : "";
    return files;
}

TEST(SegmentLog, one_that_is_only_read_changes_no_file) {
    SegmentOptions reading = small_options();
    reading.access = LogAccess::reading;
    const auto expect_unchanged = [&](const TemporaryFolder& folder, Position known) {
        const auto before = files_of(folder);
        {
            const auto log = open_log(folder.log(), reading);
            EXPECT_EQ(log->head(shop)->position, known);
            EXPECT_EQ(read_all(*log).size(), known);
            const auto there = log->look_up(shop, drafts_of(numbered_records(1, 300)));
            ASSERT_TRUE(there.ok()) << render(there.error());
            for (Position index = 0; index < 300; ++index) {
                const bool is_known = index < known;
                EXPECT_EQ((*there)[index].outcome, is_known ? Outcome::duplicate : Outcome::added);
            }
            log->rest(shop);
        }
        EXPECT_EQ(files_of(folder), before);
    };
    const TemporaryFolder absent;
    expect_unchanged(absent, 0);
    const TemporaryFolder folder;
    append(*open_log(folder.log(), small_options()), numbered_records(1, 200));
    expect_unchanged(folder, 200);
    const auto index = folder.path() / "log" / "shop" / "identity.index";
    const std::string earlier = file_bytes(index);
    append(*open_log(folder.log(), small_options()), numbered_records(201, 50));
    write_file(index, earlier);
    expect_unchanged(folder, 250);
    std::filesystem::remove(index);
    expect_unchanged(folder, 250);
    // As of a write that never came to its end.
    write_file(folder.segments().back(), file_bytes(folder.segments().back()) + "torn");
    expect_unchanged(folder, 250);
}

TEST(SegmentLog, refuses_what_is_no_client) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    for (const char* name : {"", "..", "a/b", "Shop"}) {
        EXPECT_EQ(log->head(ClientId(name)).error().code, "log.bad_client") << name;
    }
}

TEST(SegmentLog, roots_are_those_of_the_tree_at_every_position) {
    const TemporaryFolder folder;
    {
        const auto log = open_log(folder.log(), small_options());
        for (std::uint64_t first = 1; first <= 60; first += 7)
            append(*log, numbered_records(first, 7));
    }
    const auto log = open_log(folder.log(), small_options());
    const Position last = log->head(shop)->position;
    ASSERT_EQ(last, 63u);
    for (Position position = 0; position <= last; ++position) {
        ASSERT_EQ(*log->root_at(shop, position), naive_root(*log, position)) << position;
    }
    EXPECT_EQ(log->head(shop)->root, naive_root(*log, last));
    EXPECT_EQ(log->verify(shop, {})->root, naive_root(*log, last));
    EXPECT_EQ(log->root_at(shop, last + 1).error().code, "log.no_such_position");
}

TEST(SegmentLog, the_same_events_give_the_same_root_however_they_are_cut) {
    const TemporaryFolder folder;
    const auto whole = open_log(folder.log() + "1");
    append(*whole, numbered_records(1, 50));
    const auto pieces = open_log(folder.log() + "2", small_options());
    for (std::uint64_t number = 1; number <= 50; ++number)
        append(*pieces, {numbered_record(number)});
    EXPECT_EQ(whole->head(shop)->root, pieces->head(shop)->root);
}

TEST(SegmentLog, stores_events_larger_than_a_block) {
    const TemporaryFolder folder;
    const std::vector<TestRecord> records = {numbered_record(1), numbered_record(2, 3 << 20),
                                             numbered_record(3)};
    append(*open_log(folder.log()), records);
    const auto log = open_log(folder.log());
    const auto events = read_all(*log);
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].payload, records[1].payload);
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

TEST(SegmentLog, refuses_texts_and_payloads_beyond_the_limits) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    TestRecord record = numbered_record(1);
    record.event_id.assign(64 << 10, 'x');
    append(*log, {record});
    record.event_id.push_back('x');
    EXPECT_EQ(try_append(*log, {numbered_record(2), record}).error().code, "log.text_too_long");

    const std::string huge((256 << 20) + 1, 'x');
    const TestRecord third = numbered_record(3);
    EventDraft draft = third.draft();
    draft.payload = huge;
    EXPECT_EQ(log->append(shop, std::span(&draft, 1)).error().code, "log.payload_too_large");
    // Neither has spoiled the log.
    EXPECT_EQ(append(*log, {numbered_record(2)})[0].position, 2u);
}

TEST(SegmentLog, an_append_of_duplicates_alone_writes_nothing) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    append(*log, numbered_records(1, 10));
    const std::string before = file_bytes(folder.segments()[0]);
    for (const Appended& one : append(*log, numbered_records(1, 10)))
        EXPECT_EQ(one.outcome, Outcome::duplicate);
    EXPECT_EQ(file_bytes(folder.segments()[0]), before);
}

TEST(SegmentLog, verify_tells_its_progress) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log(), small_options());
    append(*log, numbered_records(1, 50));
    Position done = 0;
    const auto verified = log->verify(shop, [&](Position at, Position total) {
        EXPECT_GT(at, done);
        EXPECT_EQ(total, 50u);
        done = at;
    });
    EXPECT_TRUE(verified.ok());
    EXPECT_EQ(done, 50u);
}

}  // namespace
}  // namespace meshline
