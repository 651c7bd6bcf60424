// Goal: the index answers as a map of sets would, while it grows, and is only used when it fits the
// log.
// Method: many identities and payloads against a map, growth from the smallest table, files that
// were closed at another head or not at all.
#include "drivers/segments/identity_index.hpp"

#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>
#include <map>
#include <string>

namespace meshline {
namespace {

std::string index_path(const TemporaryFolder& folder) {
    return folder.path() / "identity.index";
}

TEST(IdentityIndex, answers_as_a_map_does_while_it_grows) {
    const TemporaryFolder folder;
    const auto index = IdentityIndex::create(index_path(folder), 0).value();
    std::map<std::string, std::map<std::string, Position>> model;
    Position next = 1;
    std::uint64_t random = 1;
    for (int round = 0; round < 60'000; ++round) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        const std::string id = std::to_string((random >> 33) % 20'000);
        const std::string payload = std::to_string((random >> 20) % 7);
        ASSERT_TRUE(index->make_room(1).ok());
        const Appended appended =
            index->decide(identity_key("a", "b", id), sha256(payload), true, next);
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
}

TEST(IdentityIndex, an_object_with_many_revisions_stays_known) {
    const TemporaryFolder folder;
    const auto index = IdentityIndex::create(index_path(folder), 0).value();
    const IdentityKey key = identity_key("a", "b", "1");
    for (const bool is_again : {false, true}) {
        for (Position number = 1; number <= 5'000; ++number) {
            ASSERT_TRUE(index->make_room(1).ok());
            const Appended appended =
                index->decide(key, sha256(std::to_string(number)), false, number);
            const Outcome first = number == 1 ? Outcome::added : Outcome::conflict;
            ASSERT_EQ(appended.outcome, is_again ? Outcome::duplicate : first);
            ASSERT_EQ(appended.position, number);
        }
    }
}

TEST(IdentityIndex, knows_after_a_rest_what_it_knew) {
    const TemporaryFolder folder;
    const auto index = IdentityIndex::create(index_path(folder), 0).value();
    for (const bool is_again : {false, true}) {
        for (Position number = 1; number <= 3'000; ++number) {
            ASSERT_TRUE(index->make_room(1).ok());
            const IdentityKey key = identity_key("a", "b", std::to_string(number));
            const Appended appended = index->decide(key, sha256("x"), true, number);
            ASSERT_EQ(appended.outcome, is_again ? Outcome::duplicate : Outcome::added);
            if (number % 700 == 0) index->rest();
        }
    }
}

TEST(IdentityIndex, is_used_only_at_the_head_it_was_closed_at) {
    const TemporaryFolder folder;
    const LogHead head{.position = 1, .root = sha256("root")};
    const IdentityKey key = identity_key("a", "b", "1");
    {
        const auto index = IdentityIndex::create(index_path(folder), 0).value();
        ASSERT_TRUE(index->make_room(1).ok());
        index->decide(key, sha256("x"), true, 1);
        ASSERT_TRUE(index->close(head).ok());
    }
    EXPECT_EQ(*IdentityIndex::open(index_path(folder), {.position = 2, .root = head.root}),
              nullptr);
    EXPECT_EQ(*IdentityIndex::open(index_path(folder), {.position = 1}), nullptr);
    EXPECT_EQ(*IdentityIndex::open(index_path(folder) + "x", head), nullptr);
    const auto index = IdentityIndex::open(index_path(folder), head).value();
    ASSERT_NE(index, nullptr);
    // In use, it is no longer the index of that head for whoever opens it next.
    ASSERT_TRUE(index->make_room(1).ok());
    EXPECT_EQ(index->decide(key, sha256("x"), true, 2).outcome, Outcome::duplicate);
    EXPECT_EQ(*IdentityIndex::open(index_path(folder), head), nullptr);
}

TEST(IdentityIndex, a_file_cut_short_is_not_used) {
    const TemporaryFolder folder;
    const LogHead head{.position = 1, .root = sha256("root")};
    {
        const auto index = IdentityIndex::create(index_path(folder), 0).value();
        ASSERT_TRUE(index->close(head).ok());
    }
    std::filesystem::resize_file(index_path(folder), 8192);
    EXPECT_EQ(*IdentityIndex::open(index_path(folder), head), nullptr);
    std::filesystem::resize_file(index_path(folder), 10);
    EXPECT_EQ(*IdentityIndex::open(index_path(folder), head), nullptr);
}

TEST(IdentityIndex, keys_of_texts_that_join_alike_differ) {
    EXPECT_FALSE(identity_key("a", "bc", "d") == identity_key("ab", "c", "d"));
    EXPECT_FALSE(identity_key("a", "b", "cd") == identity_key("a", "bc", "d"));
    EXPECT_TRUE(identity_key("a", "b", "c") == identity_key("a", "b", "c"));
}

}  // namespace
}  // namespace meshline
