// Goal: whatever happens to the index file of a log, nothing is stored twice and nothing new is
// taken for known; and verify tells of an index that is not that of its log.
// Method: logs whose identity.index is damaged, older, another log's or its own with other content,
// also while threads append; then the same events are appended again.
#include "drivers/segments/identity_index.hpp"
#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace meshline {
namespace {

namespace fs = std::filesystem;

fs::path index_path(const TemporaryFolder& folder) {
    return folder.path() / "log" / "shop" / "identity.index";
}

void fill(const TemporaryFolder& folder, std::uint64_t count) {
    append(*open_log(folder.log(), small_options()), numbered_records(1, count));
}

/// Appends all events again and a few new ones: the answers of a log that has forgotten nothing.
void expect_nothing_twice(const TemporaryFolder& folder, std::uint64_t count) {
    const auto log = open_log(folder.log(), small_options());
    const auto again = append(*log, numbered_records(1, count + 10));
    ASSERT_EQ(again.size(), count + 10);
    for (std::uint64_t index = 0; index < count + 10; ++index) {
        ASSERT_EQ(again[index].outcome, index < count ? Outcome::duplicate : Outcome::added)
            << index;
        ASSERT_EQ(again[index].position, index + 1);
    }
    const auto verified = log->verify(shop, {});
    ASSERT_TRUE(verified.ok()) << render(verified.error());
    EXPECT_EQ(verified->position, count + 10);
}

/// What verify says of the log as it lies there.
std::string verify_code(const TemporaryFolder& folder) {
    const auto log = open_log(folder.log(), small_options());
    const auto verified = log->verify(shop, {});
    return verified.ok() ? "" : verified.error().code;
}

TEST(IdentityHeal, a_flipped_byte_is_named_by_verify_and_healed_by_the_next_append) {
    const TemporaryFolder whole;
    fill(whole, 300);
    EXPECT_EQ(verify_code(whole), "");
    const std::string bytes = file_bytes(index_path(whole));
    for (std::size_t at = 0; at < bytes.size(); at += at < 100 ? 3 : 1009) {
        const TemporaryFolder folder;
        fs::copy(whole.path(), folder.path(), fs::copy_options::recursive);
        std::string damaged = bytes;
        damaged[at] ^= 1;
        write_file(index_path(folder), damaged);
        EXPECT_EQ(verify_code(folder), "log.index_damaged") << at;
        expect_nothing_twice(folder, 300);
        EXPECT_EQ(verify_code(folder), "") << at;
    }
}

TEST(IdentityHeal, cleared_slots_do_not_make_events_count_twice) {
    const TemporaryFolder folder;
    fill(folder, 300);
    std::string bytes = file_bytes(index_path(folder));
    bytes.replace(index_page_bytes, bytes.size() - index_page_bytes,
                  bytes.size() - index_page_bytes, '\0');
    write_file(index_path(folder), bytes);
    EXPECT_EQ(verify_code(folder), "log.index_damaged");
    expect_nothing_twice(folder, 300);
}

TEST(IdentityHeal, an_older_index_takes_up_what_came_after_it) {
    const TemporaryFolder folder;
    fill(folder, 100);
    const std::string older = file_bytes(index_path(folder));
    fill(folder, 300);
    write_file(index_path(folder), older);
    EXPECT_EQ(verify_code(folder), "");
    expect_nothing_twice(folder, 300);
}

TEST(IdentityHeal, the_index_of_another_log_is_not_used) {
    const TemporaryFolder other;
    append(*open_log(other.log()), numbered_records(1000, 200));
    const TemporaryFolder longer;
    fill(longer, 500);
    const TemporaryFolder as_long;
    append(*open_log(as_long.log()), numbered_records(1000, 300));
    for (const TemporaryFolder* from : {&other, &longer, &as_long}) {
        const TemporaryFolder folder;
        fill(folder, 300);
        write_file(index_path(folder), file_bytes(index_path(*from)));
        EXPECT_EQ(verify_code(folder),
                  from == &longer ? "log.shorter_than_index" : "log.index_damaged");
        expect_nothing_twice(folder, 300);
    }
}

TEST(IdentityHeal, an_index_of_the_format_of_before_is_no_damage) {
    const TemporaryFolder folder;
    fill(folder, 300);
    std::string bytes = file_bytes(index_path(folder));
    bytes.replace(0, 6, "MHIDX1");
    write_file(index_path(folder), bytes);
    EXPECT_EQ(verify_code(folder), "");
    expect_nothing_twice(folder, 300);
}

TEST(IdentityHeal, verify_names_an_index_with_other_events_than_the_log) {
    const TemporaryFolder folder;
    fill(folder, 50);
    const LogHead head = open_log(folder.log())->head(shop).value();
    for (const bool is_more : {false, true}) {
        // Its checksums are right and it is bound to this log: only its content is another.
        const auto index = IdentityIndex::create(index_path(folder), 0, 1 << 30).value();
        for (Position number = 1; number <= (is_more ? 51u : 49u); ++number) {
            const TestRecord record = numbered_record(number);
            const IdentityKey key = identity_key("shopify", "orders", record.event_id);
            ASSERT_TRUE(index->decide(key, sha256(record.payload), true, number).ok());
        }
        ASSERT_TRUE(index->save(head).ok());
        EXPECT_EQ(verify_code(folder), "log.index_damaged") << is_more;
    }
}

TEST(IdentityHeal, verify_names_an_event_that_the_log_holds_twice) {
    const TemporaryFolder folder;
    fill(folder, 50);
    {
        // An index that lost an event lets it come in again.
        const auto index = IdentityIndex::create(index_path(folder), 0, 1 << 30).value();
        for (Position number = 1; number <= 49; ++number) {
            const TestRecord record = numbered_record(number);
            const IdentityKey key = identity_key("shopify", "orders", record.event_id);
            ASSERT_TRUE(index->decide(key, sha256(record.payload), true, number).ok());
        }
        ASSERT_TRUE(index->save(open_log(folder.log())->head(shop).value()).ok());
    }
    append(*open_log(folder.log()), {numbered_record(50)});
    fs::remove(index_path(folder));
    append(*open_log(folder.log()), {numbered_record(51)});
    const auto verified = open_log(folder.log())->verify(shop, {});
    ASSERT_FALSE(verified.ok());
    EXPECT_EQ(verified.error().code, "log.corrupt");
    EXPECT_NE(verified.error().message.find("position 51: it is the event at position 50 again"),
              std::string::npos)
        << render(verified.error());
}

TEST(IdentityHeal, a_page_found_damaged_among_appends_of_threads_loses_none_of_them) {
    constexpr std::uint64_t known = 2000;
    constexpr std::uint64_t threads = 4;
    constexpr std::uint64_t new_events = 400;
    const TemporaryFolder folder;
    fill(folder, known);
    std::string bytes = file_bytes(index_path(folder));
    // One page in the midst of the table, met by some append while others are on their way.
    bytes[4 * index_page_bytes + 5] ^= 1;
    write_file(index_path(folder), bytes);
    {
        const auto log = open_log(folder.log(), small_options());
        std::vector<std::thread> running;
        for (std::uint64_t thread = 0; thread < threads; ++thread) {
            running.emplace_back([&] {
                for (std::uint64_t first = 1; first < known + new_events; first += 7)
                    append(*log, numbered_records(first, 7));
            });
        }
        for (std::thread& thread : running)
            thread.join();
    }
    const auto log = open_log(folder.log(), small_options());
    std::set<std::string> ids;
    for (const StoredEvent& event : read_all(*log))
        ASSERT_TRUE(ids.insert(event.event_id).second) << event.event_id;
    EXPECT_GE(ids.size(), known + new_events);
    EXPECT_EQ(verify_code(folder), "");
}

TEST(IdentityHeal, a_log_with_little_memory_for_its_index_decides_the_same) {
    const TemporaryFolder folder;
    SegmentOptions options = small_options();
    options.identity_bytes_max = 3 * index_page_bytes;
    for (std::uint64_t first = 1; first <= 2000; first += 500)
        append(*open_log(folder.log(), options), numbered_records(first, 600));
    expect_nothing_twice(folder, 2100);
}

}  // namespace
}  // namespace meshline
