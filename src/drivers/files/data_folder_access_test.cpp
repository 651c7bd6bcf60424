// Goal: nobody but the user, and the group that was named, gets at a data folder; and nothing else
// that lies around it changes.
// Method: folders with files of several modes; the group of this process.
#include "drivers/files/data_folder_access.hpp"

#include "drivers/files/temporary_folder_for_test.hpp"
#include "drivers/files/write_file.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meshline {
namespace {

mode_t mode_of(const std::string& path) {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
}

/// As a build that left modes to the umask made it.
void make_open_folder(const TemporaryFolder& folder) {
    folder.put("data/lock", "");
    folder.put("data/log/shop/head", "x");
    folder.put("data/control.sqlite", "x");
    folder.put("data/warehouse.duckdb.tmp/spilled", "x");
    for (const char* name : {"data", "data/log", "data/log/shop", "data/warehouse.duckdb.tmp"})
        ::chmod((folder / name).c_str(), 0755);
    for (const char* name : {"data/lock", "data/log/shop/head", "data/control.sqlite"})
        ::chmod((folder / name).c_str(), 0644);
}

std::string own_group() {
    return ::getgrgid(::getegid())->gr_name;
}

TEST(DataFolderAccess, is_the_users_alone) {
    const TemporaryFolder folder;
    make_open_folder(folder);
    ASSERT_TRUE(close_data_folder(folder / "data", "").ok());
    for (const char* name : {"data", "data/log", "data/log/shop", "data/warehouse.duckdb.tmp"})
        EXPECT_EQ(mode_of(folder / name), 0700u) << name;
    for (const char* name : {"data/lock", "data/log/shop/head", "data/control.sqlite",
                             "data/warehouse.duckdb.tmp/spilled"})
        EXPECT_EQ(mode_of(folder / name), 0600u) << name;
}

TEST(DataFolderAccess, is_the_groups_too_where_one_is_named) {
    const TemporaryFolder folder;
    make_open_folder(folder);
    ASSERT_TRUE(close_data_folder(folder / "data", own_group()).ok());
    EXPECT_EQ(mode_of(folder / "data"), 02770u);
    EXPECT_EQ(mode_of(folder / "data/log/shop"), 02770u);
    EXPECT_EQ(mode_of(folder / "data/log/shop/head"), 0660u);
    ASSERT_TRUE(close_data_folder(folder / "data", "").ok());
    EXPECT_EQ(mode_of(folder / "data"), 0700u);
    EXPECT_EQ(mode_of(folder / "data/log/shop/head"), 0600u);
}

TEST(DataFolderAccess, refuses_a_group_that_the_machine_does_not_have) {
    const TemporaryFolder folder;
    make_open_folder(folder);
    const auto closed = close_data_folder(folder / "data", "no_such_group_here");
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, "files.unknown_group");
    EXPECT_EQ(mode_of(folder / "data/control.sqlite"), 0644u);
}

TEST(DataFolderAccess, leaves_alone_what_is_none_of_ours_and_the_folder_with_it) {
    const TemporaryFolder folder;
    make_open_folder(folder);
    const std::string letter = folder.put("data/letter.txt", "x");
    ::chmod(letter.c_str(), 0644);
    ASSERT_TRUE(close_data_folder(folder / "data", "").ok());
    EXPECT_EQ(mode_of(letter), 0644u);
    EXPECT_EQ(mode_of(folder / "data"), 0755u);
    EXPECT_EQ(mode_of(folder / "data/control.sqlite"), 0600u);
}

TEST(DataFolderAccess, does_not_follow_a_link_out_of_the_folder) {
    const TemporaryFolder folder;
    make_open_folder(folder);
    const std::string outside = folder.put("outside", "x");
    ::chmod(outside.c_str(), 0644);
    ASSERT_EQ(::symlink(outside.c_str(), (folder / "data/log/shop/link").c_str()), 0);
    ASSERT_TRUE(close_data_folder(folder / "data", "").ok());
    EXPECT_EQ(mode_of(outside), 0644u);
}

TEST(DataFolderAccess, closes_new_files_but_not_what_the_user_asked_for) {
    const TemporaryFolder folder;
    const mode_t wanted = 0666 & ~umask_at_start();
    close_new_files(false);
    folder.put("by_some_library", "x");
    ASSERT_TRUE(replace_file(folder / "reports/page.html", "x").ok());
    close_new_files(true);
    folder.put("for_the_group", "x");
    ::umask(umask_at_start());
    EXPECT_EQ(mode_of(folder / "by_some_library"), 0600u);
    EXPECT_EQ(mode_of(folder / "for_the_group"), 0660u);
    EXPECT_EQ(mode_of(folder / "reports/page.html"), wanted);
    EXPECT_EQ(mode_of(folder / "reports"), 0777 & ~umask_at_start());
}

}  // namespace
}  // namespace meshline
