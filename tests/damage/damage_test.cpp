// Goal: the list of damages is the same each time, complete where that is asked for, and each one
// changes the folder by what it says.
// Method: small folders.
#include "damage/damage.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <set>

namespace meshline::test {
namespace {

const FolderImage two_files = {{"a", "0123456789"}, {"below/b", std::string(5000, 'x')}};

TEST(Damage, flips_each_byte_once_where_all_are_asked_for) {
    std::set<std::pair<std::string, std::size_t>> flipped;
    for (const Damage& one : damages_of(two_files, DamageExtent::complete, 10)) {
        if (one.kind == DamageKind::flipped) flipped.insert({one.file, one.at});
    }
    EXPECT_EQ(flipped.size(), 5010u);
}

TEST(Damage, takes_a_sample_of_about_as_many_as_were_asked_for) {
    std::map<std::string, std::size_t> flips;
    for (const Damage& one : damages_of(two_files, DamageExtent::sample, 20)) {
        if (one.kind == DamageKind::flipped) ++flips[one.file];
    }
    EXPECT_EQ(flips["a"], 10u);
    EXPECT_GE(flips["below/b"], 19u);
    EXPECT_LE(flips["below/b"], 21u);
}

TEST(Damage, changes_what_it_says) {
    const std::string bytes = two_files.at("a");
    EXPECT_EQ(damaged(two_files, {DamageKind::flipped, "a", 3}).at("a"), "012;456789");
    EXPECT_EQ(damaged(two_files, {DamageKind::cleared, "a", 0}).at("a"), std::string(10, '\0'));
    EXPECT_EQ(damaged(two_files, {DamageKind::cut, "a", 4}).at("a"), "0123");
    EXPECT_FALSE(damaged(two_files, {DamageKind::removed, "a"}).contains("a"));
    EXPECT_EQ(damaged(two_files, {DamageKind::exchanged, "a", 0, "below/b"}).at("below/b"), bytes);
    EXPECT_EQ((Damage{DamageKind::flipped, "a", 3}).text(), "a: byte 3 flipped");
}

TEST(Damage, leaves_out_what_changes_nothing) {
    const FolderImage zeros = {{"a", std::string(4096, '\0')}, {"b", std::string(4096, '\0')}};
    for (const Damage& one : damages_of(zeros, DamageExtent::sample, 5)) {
        EXPECT_NE(one.kind, DamageKind::cleared) << one.text();
        EXPECT_NE(one.kind, DamageKind::exchanged) << one.text();
        EXPECT_NE(damaged(zeros, one), zeros) << one.text();
    }
}

TEST(Damage, folders_are_written_as_they_were_read) {
    const TemporaryFolder folder;
    write_folder(folder.path(), {{"old", "gone"}});
    write_folder(folder.path(), two_files);
    EXPECT_EQ(read_folder(folder.path()), two_files);
}

}  // namespace
}  // namespace meshline::test
