// Goal: appends of many threads, random appends with reopening, and appends that meet a full disk
// keep the promises of the log.
// Method: threads with overlapping events; a model in a map; a file size limit in place of a disk.
#include "drivers/segments/log_test_support.hpp"
#include "drivers/segments/segment.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <set>
#include <signal.h>
#include <sys/resource.h>
#include <thread>

namespace meshline {
namespace {

TEST(Append, of_many_threads_stores_every_event_once) {
    const TemporaryFolder folder;
    constexpr std::uint64_t threads = 6;
    constexpr std::uint64_t rounds = 40;
    constexpr std::uint64_t batch = 15;
    std::vector<std::vector<Appended>> answers(threads);
    {
        const auto log = open_log(folder.log(), {.segment_bytes_max = 16 << 10});
        std::vector<std::thread> running;
        for (std::uint64_t thread = 0; thread < threads; ++thread) {
            running.emplace_back([&, thread] {
                for (std::uint64_t round = 0; round < rounds; ++round) {
                    // Half of each batch is also what the next thread brings.
                    const auto appended =
                        append(*log, numbered_records(round * 1000 + thread * 7, batch));
                    std::ranges::copy(appended, std::back_inserter(answers[thread]));
                    for (const Appended& one : appended)
                        EXPECT_LE(one.position, log->head(shop)->position);
                }
            });
        }
        for (std::thread& thread : running)
            thread.join();
    }
    std::set<Position> added;
    for (std::uint64_t thread = 0; thread < threads; ++thread) {
        for (const Appended& one : answers[thread]) {
            if (one.outcome == Outcome::added) EXPECT_TRUE(added.insert(one.position).second);
        }
    }
    const auto log = open_log(folder.log());
    const auto events = read_all(*log);
    std::set<std::string> ids;
    for (std::size_t index = 0; index < events.size(); ++index) {
        ASSERT_EQ(events[index].position, index + 1);
        EXPECT_TRUE(ids.insert(events[index].event_id).second);
    }
    EXPECT_EQ(events.size(), rounds * ((threads - 1) * 7 + batch));
    EXPECT_EQ(added.size(), events.size());
    for (std::uint64_t thread = 0; thread < threads; ++thread) {
        for (std::size_t index = 0; index < answers[thread].size(); ++index) {
            const std::uint64_t number = index / batch * 1000 + thread * 7 + index % batch;
            const Position position = answers[thread][index].position;
            ASSERT_EQ(events[position - 1].event_id, std::to_string(number));
        }
    }
    EXPECT_EQ(log->verify(shop, {})->root, naive_root(*log, events.size()));
}

TEST(Append, in_turns_gives_positions_in_the_order_of_the_turns) {
    const TemporaryFolder folder;
    constexpr std::uint64_t threads = 5;
    constexpr std::uint64_t batches = 60;
    constexpr std::uint64_t batch = 9;
    {
        const auto log = open_log(folder.log(), {.segment_bytes_max = 16 << 10});
        Turns turns;
        std::vector<std::jthread> running;
        for (std::uint64_t thread = 0; thread < threads; ++thread) {
            running.emplace_back([&, thread] {
                for (std::uint64_t number = thread; number < batches; number += threads) {
                    // The last event of each batch is also the first of the next one.
                    const auto records = numbered_records(number * (batch - 1) + 1, batch);
                    const auto appended = append_in_turn(*log, records, Turn(turns, number));
                    ASSERT_TRUE(appended.ok());
                    const Outcome first = number == 0 ? Outcome::added : Outcome::duplicate;
                    EXPECT_EQ(appended->front().outcome, first);
                    for (std::size_t index = 0; index < batch; ++index)
                        EXPECT_EQ((*appended)[index].position, number * (batch - 1) + 1 + index);
                }
            });
        }
    }
    const auto log = open_log(folder.log());
    EXPECT_EQ(log->head(shop)->position, batches * (batch - 1) + 1);
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

TEST(Append, after_a_turn_that_failed_stores_nothing) {
    const TemporaryFolder folder;
    const auto log = open_log(folder.log());
    Turns turns;
    TestRecord too_long = numbered_record(2);
    too_long.event_id = std::string(100'000, 'x');
    std::jthread later([&] {
        const auto appended = append_in_turn(*log, {numbered_record(3)}, Turn(turns, 2));
        EXPECT_EQ(appended.error().code, "log.out_of_turn");
    });
    const auto failed = append_in_turn(*log, {too_long}, Turn(turns, 1));
    EXPECT_EQ(failed.error().code, "log.text_too_long");
    EXPECT_TRUE(append_in_turn(*log, {numbered_record(1)}, Turn(turns, 0)).ok());
    later.join();
    EXPECT_EQ(log->head(shop)->position, 1u);
    EXPECT_EQ(append(*log, {numbered_record(2)})[0].position, 2u);
}

/// What the log must hold, decided the slow way.
struct Model {
    std::vector<StoredEvent> events;
    std::map<std::string, std::map<std::string, Position>> payloads;

    Appended append(const TestRecord& record) {
        auto& known = payloads[record.stream + "/" + record.event_id];
        const auto same = known.find(record.payload);
        if (same != known.end()) return {Outcome::duplicate, same->second};
        const Outcome again = record.has_revisions ? Outcome::revision : Outcome::conflict;
        const Outcome outcome = known.empty() ? Outcome::added : again;
        const Position position = events.size() + 1;
        known[record.payload] = position;
        events.push_back({position, record.stream, record.event_id, record.payload, outcome});
        return {outcome, position};
    }
};

std::vector<TestRecord> any_batch() {
    const auto record = rc::gen::build<TestRecord>(
        rc::gen::set(&TestRecord::stream, rc::gen::element<std::string>("a", "b")),
        rc::gen::set(&TestRecord::event_id, rc::gen::element<std::string>("1", "2", "3", "")),
        rc::gen::set(&TestRecord::payload, rc::gen::element<std::string>("x", "y", "z", "")),
        rc::gen::set(&TestRecord::has_revisions));
    return *rc::gen::container<std::vector<TestRecord>>(record);
}

TEST(Append, of_anything_equals_a_model_whatever_is_reopened) {
    EXPECT_TRUE(rc::check([] {
        const TemporaryFolder folder;
        const SegmentOptions options{.segment_bytes_max = 1000, .block_bytes_max = 50};
        Model model;
        auto log = open_log(folder.log(), options);
        const auto steps = *rc::gen::inRange(1, 12);
        for (int step = 0; step < steps; ++step) {
            switch (*rc::gen::inRange(0, 5)) {
                case 0:
                    log.reset();
                    log = open_log(folder.log(), options);
                    break;
                case 1:
                    log.reset();
                    std::filesystem::remove(folder.path() / "log" / "shop" / "identity.index");
                    std::filesystem::remove(folder.path() / "log" / "shop" / "head");
                    log = open_log(folder.log(), options);
                    break;
                default: {
                    const std::vector<TestRecord> batch = any_batch();
                    const std::vector<Appended> appended = append(*log, batch);
                    RC_ASSERT(appended.size() == batch.size());
                    for (std::size_t index = 0; index < batch.size(); ++index) {
                        const Appended expected = model.append(batch[index]);
                        RC_ASSERT(appended[index].outcome == expected.outcome);
                        RC_ASSERT(appended[index].position == expected.position);
                    }
                }
            }
            RC_ASSERT(log->head(shop)->position == model.events.size());
        }
        RC_ASSERT(read_all(*log) == model.events);
        const LogHead head = log->verify(shop, {}).value();
        RC_ASSERT(head.root == naive_root(*log, head.position));
    }));
}

/// Files can grow no further than this while it lives, as if the disk were full.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(std::uint64_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
};

std::vector<TestRecord> large_records(std::uint64_t first, std::uint64_t count) {
    std::vector<TestRecord> records;
    for (std::uint64_t number = first; number < first + count; ++number)
        records.push_back(numbered_record(number, 10'000));
    return records;
}

TEST(Append, to_a_full_disk_is_refused_and_loses_nothing_acknowledged) {
    const TemporaryFolder folder;
    {
        const auto log = open_log(folder.log());
        append(*log, large_records(1, 10));
        const FileSizeLimit limit(150'000);
        const Error error = try_append(*log, large_records(11, 30)).error();
        EXPECT_EQ(error.code, "log.disk_full");
        EXPECT_EQ(error.kind, ErrorKind::exhausted);
        EXPECT_FALSE(error.where.file.empty());
        const Error later = try_append(*log, {numbered_record(1000)}).error();
        EXPECT_EQ(later.code, "log.reopen_needed");
        EXPECT_EQ(later.cause->code, "log.disk_full");
        // What was acknowledged can still be read.
        EXPECT_EQ(read_all(*log).size(), 10u);
        EXPECT_EQ(log->head(shop)->root, naive_root(*log, 10));
    }
    const auto log = open_log(folder.log());
    EXPECT_EQ(read_all(*log).size(), 10u);
    const auto appended = append(*log, large_records(1, 40));
    for (std::size_t index = 0; index < appended.size(); ++index) {
        EXPECT_EQ(appended[index].outcome, index < 10 ? Outcome::duplicate : Outcome::added);
        EXPECT_EQ(appended[index].position, index + 1);
    }
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

TEST(Append, that_cannot_begin_a_segment_leaves_the_one_before_alone) {
    const TemporaryFolder folder;
    const SegmentOptions options{.segment_bytes_max = 1};
    const std::filesystem::path in_the_way = folder.path() / "log" / "shop" / segment_name(3);
    {
        const auto log = open_log(folder.log(), options);
        append(*log, numbered_records(1, 2));
        std::filesystem::create_directory(in_the_way);
        const Error error = try_append(*log, {numbered_record(3)}).error();
        EXPECT_EQ(error.code, "log.write_failed");
        EXPECT_EQ(error.where.file, in_the_way);
        EXPECT_EQ(read_all(*log).size(), 2u);
    }
    std::filesystem::remove(in_the_way);
    const auto log = open_log(folder.log(), options);
    EXPECT_EQ(append(*log, numbered_records(1, 3)).back().position, 3u);
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

TEST(Append, without_room_for_its_index_is_stored_all_the_same) {
    const TemporaryFolder folder;
    {
        const auto log = open_log(folder.log());
        append(*log, numbered_records(1, 3));
        const FileSizeLimit limit(20'000);
        log->rest(shop);
        EXPECT_EQ(append(*log, numbered_records(2, 3)).back().outcome, Outcome::added);
    }
    const auto log = open_log(folder.log());
    EXPECT_EQ(append(*log, numbered_records(1, 5))[3].outcome, Outcome::duplicate);
    EXPECT_EQ(read_all(*log).size(), 5u);
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

TEST(Append, without_room_for_an_index_larger_than_the_memory_is_refused) {
    const TemporaryFolder folder;
    {
        const auto log = open_log(folder.log(), {.identity_bytes_max = 1 << 12});
        append(*log, numbered_records(1, 3));
        const FileSizeLimit limit(20'000);
        EXPECT_EQ(try_append(*log, numbered_records(4, 2000)).error().code, "log.disk_full");
    }
    const auto log = open_log(folder.log());
    EXPECT_EQ(append(*log, numbered_records(1, 2000)).back().position, 2000u);
    EXPECT_EQ(read_all(*log).size(), 2000u);
}

TEST(Append, that_fails_fails_for_every_thread_that_waits) {
    const TemporaryFolder folder;
    std::vector<std::vector<std::string>> acknowledged(4);
    {
        const auto log = open_log(folder.log());
        append(*log, {numbered_record(1'000'000)});
        const FileSizeLimit limit(400'000);
        std::vector<std::thread> running;
        for (std::uint64_t thread = 0; thread < acknowledged.size(); ++thread) {
            running.emplace_back([&, thread] {
                for (std::uint64_t round = 0;; ++round) {
                    const auto records = large_records(thread * 1000 + round * 5, 5);
                    const auto appended = try_append(*log, records);
                    if (!appended.ok()) {
                        const std::string& code = appended.error().code;
                        EXPECT_TRUE(code == "log.disk_full" || code == "log.reopen_needed") << code;
                        return;
                    }
                    for (const TestRecord& record : records)
                        acknowledged[thread].push_back(record.event_id);
                }
            });
        }
        for (std::thread& thread : running)
            thread.join();
    }
    const auto log = open_log(folder.log());
    std::map<std::string, int> found;
    for (const StoredEvent& event : read_all(*log))
        ++found[event.event_id];
    std::size_t count = 0;
    for (const auto& ids : acknowledged) {
        count += ids.size();
        for (const std::string& id : ids)
            EXPECT_EQ(found[id], 1) << id;
    }
    EXPECT_GT(count, 0u);
    EXPECT_TRUE(log->verify(shop, {}).ok());
}

}  // namespace
}  // namespace meshline
