// Goal: a process that is killed at any moment loses no acknowledged event and doubles none.
// Method: a child process appends from two threads and tells each acknowledgement through a pipe.
// The parent kills it after a random number of them, again and again on the same log; the next
// child first repeats what the one before may not have heard an answer to. In the end everything
// that was acknowledged must be there once. Arguments: rounds, seed (printed when it is drawn).
#include "drivers/segments/log_test_support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <signal.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace meshline {
namespace {

constexpr std::uint64_t writers = 2;
constexpr std::uint64_t numbers_per_writer = 1'000'000'000;
int rounds = 25;
std::uint64_t seed = 0;

/// Each writer counts on from where it stood; the batches have one to a few dozen events.
std::uint64_t batch_of(std::uint64_t number) {
    return 1 + number * 7 % 23;
}

/// Some events are large, so that kills meet writes that are under way.
TestRecord record_of(std::uint64_t number) {
    return numbered_record(number, number % 40 == 0 ? 100'000 : 60);
}

std::vector<TestRecord> records_of(std::uint64_t first, std::uint64_t count) {
    std::vector<TestRecord> records;
    for (std::uint64_t number = first; number < first + count; ++number)
        records.push_back(record_of(number));
    return records;
}

struct Acknowledged {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// The child: appends until it is killed. 0 is never a good exit.
[[noreturn]] void run_child(const std::string& folder, const std::vector<std::uint64_t>& starts,
                            int pipe) {
    const SegmentOptions options{.segment_bytes_max = 20'000, .block_bytes_max = 1500};
    const auto log = SegmentLog::open(folder, options);
    if (!log.ok()) ::_exit(2);
    std::vector<std::thread> running;
    for (const std::uint64_t start : starts) {
        running.emplace_back([&log, start, pipe] {
            for (std::uint64_t next = start;;) {
                const Acknowledged batch{.first = next, .count = batch_of(next)};
                const auto appended = try_append(**log, records_of(batch.first, batch.count));
                if (!appended.ok()) {
                    fmt::print(stderr, "{}\n", render(appended.error()));
                    ::_exit(3);
                }
                if (::write(pipe, &batch, sizeof(batch)) != sizeof(batch)) ::_exit(4);
                next += batch.count;
            }
        });
    }
    for (std::thread& thread : running)
        thread.join();
    ::_exit(5);
}

/// What one life of the child acknowledged, until it was killed after `answers_max` answers and
/// whatever it managed meanwhile.
std::vector<Acknowledged> run_round(const std::string& folder,
                                    const std::vector<std::uint64_t>& starts, int answers_max) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        run_child(folder, starts, ends[1]);
    }
    ::close(ends[1]);
    std::vector<Acknowledged> answers;
    Acknowledged answer;
    if (answers_max == 0) ::kill(child, SIGKILL);
    // Pipe writes of this size are never torn; reading on after the kill takes what was in it.
    while (::read(ends[0], &answer, sizeof(answer)) == sizeof(answer)) {
        answers.push_back(answer);
        if (static_cast<int>(answers.size()) == answers_max) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    return answers;
}

TEST(Crash, loses_nothing_acknowledged_and_doubles_nothing) {
    const TemporaryFolder folder;
    std::mt19937_64 random(seed);
    std::vector<std::uint64_t> starts;
    for (std::uint64_t writer = 0; writer < writers; ++writer)
        starts.push_back(writer * numbers_per_writer + 1);
    const std::vector<std::uint64_t> firsts = starts;
    std::uint64_t removed_bytes = 0;

    for (int round = 0; round < rounds; ++round) {
        const int answers_max = static_cast<int>(random() % 60);
        for (const Acknowledged& answer : run_round(folder.log(), starts, answers_max)) {
            starts[answer.first / numbers_per_writer] = answer.first + answer.count;
        }
        // In between, the next child finds the log as the kill left it.
        if (round % 2 == 0 && round + 1 < rounds) continue;
        const auto log = open_log(folder.log());
        const Result<std::uint64_t> removed = log->removed_bytes(shop);
        ASSERT_TRUE(removed.ok()) << render(removed.error());
        removed_bytes += *removed;
        std::set<std::uint64_t> held;
        Position position = 0;
        for (const StoredEvent& event : read_all(*log)) {
            ASSERT_EQ(event.position, ++position);
            ASSERT_TRUE(held.insert(std::stoull(event.event_id)).second)
                << "event " << event.event_id << " is doubled";
        }
        for (std::uint64_t writer = 0; writer < writers; ++writer) {
            for (std::uint64_t number = firsts[writer]; number < starts[writer]; ++number) {
                ASSERT_EQ(held.count(number), 1u) << number << " is lost, round " << round;
            }
        }
    }
    const auto log = open_log(folder.log());
    const Result<LogHead> verified = log->verify(shop, {});
    ASSERT_TRUE(verified.ok()) << render(verified.error());
    EXPECT_EQ(verified->root, naive_root(*log, verified->position));
    for (const StoredEvent& event : read_all(*log))
        ASSERT_EQ(event.payload, record_of(std::stoull(event.event_id)).payload);
    fmt::print("seed {}: {} events, {} bytes of torn ends cut off\n", seed, verified->position,
               removed_bytes);
}

}  // namespace
}  // namespace meshline

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    // tidy: every run tries other moments; the seed is printed and can be given again.
    meshline::seed = std::random_device()();
    if (count > 1) meshline::rounds = std::stoi(arguments[1]);
    if (count > 2) meshline::seed = std::stoull(arguments[2]);
    fmt::print("rounds {} seed {}\n", meshline::rounds, meshline::seed);
    return RUN_ALL_TESTS();
}
