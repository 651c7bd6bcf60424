// Goal: the index answers as a map of sets would, while it grows and with little memory, and no
// changed byte of its file changes an answer.
// Method: many identities and payloads against a map, growth from the smallest table; files of
// which each byte is flipped, that are cut, or that were not saved.
#include "drivers/segments/identity_index.hpp"

#include "drivers/segments/log_test_support.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {
namespace {

constexpr std::uint64_t memory_max = 1 << 30;

std::string index_path(const TemporaryFolder& folder) {
    return folder.path() / "identity.index";
}

std::unique_ptr<IdentityIndex> make_index(const TemporaryFolder& folder,
                                          std::uint64_t memory_bytes_max = memory_max) {
    return IdentityIndex::create(index_path(folder), 0, memory_bytes_max).value();
}

Result<std::unique_ptr<IdentityIndex>> open_index(const TemporaryFolder& folder) {
    return IdentityIndex::open(index_path(folder), FileMode::write, memory_max);
}

/// Enters identities "1" to `count` with the payload "x", at the positions of the same number.
void enter(IdentityIndex& index, Position first, Position last) {
    for (Position number = first; number <= last; ++number) {
        ASSERT_TRUE(index.make_room(1).ok());
        const IdentityKey key = identity_key("a", "b", std::to_string(number));
        const auto appended = index.decide(key, sha256("x"), true, number);
        ASSERT_TRUE(appended.ok()) << render(appended.error());
        ASSERT_EQ(appended->outcome, Outcome::added) << number;
    }
}

Result<Position> position_of(IdentityIndex& index, Position number) {
    return index.find(identity_key("a", "b", std::to_string(number)), sha256("x"));
}

void expect_answers_as_a_map_does(IdentityIndex* index) {
    std::map<std::string, std::map<std::string, Position>> model;
    Position next = 1;
    std::uint64_t random = 1;
    for (int round = 0; round < 60'000; ++round) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::string id = std::to_string((random >> 33) % 20'000);
        const std::string payload = std::to_string((random >> 20) % 7);
        ASSERT_TRUE(index->make_room(1).ok());
        const Appended appended =
            index->decide(identity_key("a", "b", id), sha256(payload), true, next).value();
        auto& payloads = model[id];
        const auto known = payloads.find(payload);
        if (known != payloads.end()) {
            ASSERT_EQ(appended.outcome, Outcome::duplicate);
            ASSERT_EQ(appended.position, known->second);
            continue;
        }
        ASSERT_EQ(appended.outcome, payloads.empty() ? Outcome::added : Outcome::revision);
        ASSERT_EQ(appended.position, next);
        payloads[payload] = next++;
    }
    EXPECT_GT(next, 40'000u);
    EXPECT_EQ(index->count(), next - 1);
    EXPECT_EQ(*index->count_slots(), next - 1);
}

TEST(IdentityIndex, answers_as_a_map_does_while_it_grows) {
    const TemporaryFolder folder;
    expect_answers_as_a_map_does(make_index(folder).get());
}

TEST(IdentityIndex, answers_the_same_with_the_memory_of_a_few_pages) {
    const TemporaryFolder folder;
    expect_answers_as_a_map_does(make_index(folder, 50 * index_page_bytes).get());
}

TEST(IdentityIndex, an_object_with_many_revisions_stays_known) {
    const TemporaryFolder folder;
    const auto index = make_index(folder);
    const IdentityKey key = identity_key("a", "b", "1");
    for (const bool is_again : {false, true}) {
        for (Position number = 1; number <= 5'000; ++number) {
            ASSERT_TRUE(index->make_room(1).ok());
            const Appended appended =
                index->decide(key, sha256(std::to_string(number)), false, number).value();
            const Outcome first = number == 1 ? Outcome::added : Outcome::conflict;
            ASSERT_EQ(appended.outcome, is_again ? Outcome::duplicate : first);
            ASSERT_EQ(appended.position, number);
        }
    }
}

TEST(IdentityIndex, knows_what_it_knew_when_it_is_saved_forgotten_and_opened_again) {
    const TemporaryFolder folder;
    const LogHead head{.position = 3000, .root = sha256("root")};
    {
        const auto index = make_index(folder);
        enter(*index, 1, 1000);
        ASSERT_TRUE(index->save({.position = 1000}).ok());
        index->forget();
        enter(*index, 1001, 3000);
        ASSERT_TRUE(index->save(head).ok());
    }
    const auto index = open_index(folder).value();
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(index->saved_at().position, 3000u);
    EXPECT_EQ(index->saved_at().root, head.root);
    EXPECT_EQ(index->count(), 3000u);
    for (Position number = 1; number <= 3000; ++number)
        ASSERT_EQ(*position_of(*index, number), number);
    EXPECT_EQ(*position_of(*index, 3001), 0u);
    enter(*index, 3001, 4000);
}

TEST(IdentityIndex, what_was_not_saved_leaves_the_file_as_it_was) {
    const TemporaryFolder folder;
    {
        const auto index = make_index(folder);
        enter(*index, 1, 10);
        ASSERT_TRUE(index->save({.position = 10}).ok());
        enter(*index, 11, 5000);
    }
    const auto index = open_index(folder).value();
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(*position_of(*index, 10), 10u);
    EXPECT_EQ(*position_of(*index, 11), 0u);
}

TEST(IdentityIndex, a_file_that_was_being_written_is_none) {
    const TemporaryFolder folder;
    {
        const auto index = make_index(folder, index_page_bytes);
        enter(*index, 1, 10);
        ASSERT_TRUE(index->save({.position = 10}).ok());
        // The memory of one page makes them be written in between.
        enter(*index, 11, 1000);
    }
    EXPECT_EQ(open_index(folder).value(), nullptr);
    EXPECT_EQ(IdentityIndex::open(index_path(folder) + "x", FileMode::write, memory_max).value(),
              nullptr);
}

/// The answers of a file, or nothing where it says that it is not what was saved.
std::optional<std::vector<Position>> answers_of(const TemporaryFolder& folder, Position count) {
    const auto index = open_index(folder);
    if (!index.ok()) EXPECT_EQ(index.error().code, "log.index_damaged");
    if (!index.ok() || !*index) return std::nullopt;
    std::vector<Position> answers;
    for (Position number = 1; number <= count; ++number) {
        const Result<Position> position = position_of(**index, number);
        if (!position.ok()) {
            EXPECT_EQ(position.error().code, "log.index_damaged");
            EXPECT_EQ(position.error().kind, ErrorKind::corrupt);
            EXPECT_TRUE(position.error().where.file.ends_with("identity.index"));
            return std::nullopt;
        }
        answers.push_back(*position);
    }
    return answers;
}

TEST(IdentityIndex, no_flipped_byte_changes_an_answer) {
    const TemporaryFolder folder;
    {
        const auto index = make_index(folder);
        enter(*index, 1, 700);
        ASSERT_TRUE(index->save({.position = 700, .root = sha256("root")}).ok());
    }
    const std::string whole = file_bytes(index_path(folder));
    ASSERT_TRUE(answers_of(folder, 800));
    for (std::size_t at = 0; at < whole.size(); at += at < 100 ? 1 : 37) {
        std::string bytes = whole;
        bytes[at] ^= 0x10;
        write_file(index_path(folder), bytes);
        ASSERT_EQ(answers_of(folder, 800), std::nullopt) << at;
    }
}

TEST(IdentityIndex, no_cut_exchanged_or_cleared_page_changes_an_answer) {
    const TemporaryFolder folder;
    {
        const auto index = make_index(folder);
        enter(*index, 1, 700);
        ASSERT_TRUE(index->save({.position = 700, .root = sha256("root")}).ok());
    }
    const std::string whole = file_bytes(index_path(folder));
    for (std::size_t page = 0; page * index_page_bytes < whole.size(); ++page) {
        const std::size_t at = page * index_page_bytes;
        const std::size_t size = std::min(index_page_bytes, whole.size() - at);
        write_file(index_path(folder), whole.substr(0, at));
        EXPECT_EQ(answers_of(folder, 800), std::nullopt) << page;
        std::string bytes = whole;
        bytes.replace(at, size, size, '\0');
        write_file(index_path(folder), bytes);
        EXPECT_EQ(answers_of(folder, 800), std::nullopt) << page;
        bytes = whole;
        bytes.replace(at, size, whole, index_page_bytes * 2, size);
        if (bytes == whole) continue;
        write_file(index_path(folder), bytes);
        EXPECT_EQ(answers_of(folder, 800), std::nullopt) << page;
    }
}

TEST(IdentityIndex, keys_of_texts_that_join_alike_differ) {
    EXPECT_FALSE(identity_key("a", "bc", "d") == identity_key("ab", "c", "d"));
    EXPECT_FALSE(identity_key("a", "b", "cd") == identity_key("a", "bc", "d"));
    EXPECT_TRUE(identity_key("a", "b", "c") == identity_key("a", "b", "c"));
}

}  // namespace
}  // namespace meshline
