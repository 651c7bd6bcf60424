// Goal: one process at a time holds a data folder, and its end gives the folder back.
// Method: a second taker in this process, and a child process that is killed while it holds it.
#include "drivers/files/data_folder_lock.hpp"

#include "drivers/files/temporary_folder_for_test.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <sys/wait.h>
#include <unistd.h>

namespace meshline {
namespace {

TEST(DataFolderLock, is_held_by_one_at_a_time) {
    const TemporaryFolder folder;
    std::optional<DataFolderLock> held = DataFolderLock::open(folder.path()).value();
    const Result<DataFolderLock> second = DataFolderLock::open(folder.path());
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "files.locked");
    EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
    EXPECT_NE(second.error().hint.find(folder.path()), std::string::npos);
    held.reset();
    EXPECT_TRUE(DataFolderLock::open(folder.path()).ok());
}

TEST(DataFolderLock, moves_without_letting_go) {
    const TemporaryFolder folder;
    Result<DataFolderLock> opened = DataFolderLock::open(folder.path());
    const DataFolderLock held = std::move(opened).value();
    EXPECT_EQ(DataFolderLock::open(folder.path()).error().code, "files.locked");
}

TEST(DataFolderLock, two_folders_are_two_locks) {
    const TemporaryFolder folder;
    const auto first = DataFolderLock::open(folder / "new/first");
    const auto second = DataFolderLock::open(folder / "new/second");
    EXPECT_TRUE(first.ok());
    EXPECT_TRUE(second.ok());
}

TEST(DataFolderLock, ends_with_a_killed_process) {
    const TemporaryFolder folder;
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const auto held = DataFolderLock::open(folder.path());
        const char said = held.ok() ? 'y' : 'n';
        if (::write(pipe[1], &said, 1) != 1) ::_exit(1);
        for (;;)
            ::pause();
    }
    char said = '?';
    ASSERT_EQ(::read(pipe[0], &said, 1), 1);
    EXPECT_EQ(said, 'y');
    EXPECT_EQ(DataFolderLock::open(folder.path()).error().code, "files.locked");
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(DataFolderLock::open(folder.path()).ok());
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST(DataFolderLock, is_shared_by_those_who_only_read) {
    const TemporaryFolder folder;
    // Without a lock, as in a copy, and nothing is made.
    EXPECT_TRUE(DataFolderLock::open_to_read(folder.path()).ok());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    {
        const auto writing = DataFolderLock::open(folder.path());
        EXPECT_EQ(DataFolderLock::open_to_read(folder.path()).error().code, "files.locked");
    }
    const auto first = DataFolderLock::open_to_read(folder.path());
    const auto second = DataFolderLock::open_to_read(folder.path());
    EXPECT_TRUE(first.ok());
    EXPECT_TRUE(second.ok());
    EXPECT_EQ(DataFolderLock::open(folder.path()).error().code, "files.locked");
}

TEST(DataFolderLock, refuses_a_folder_that_cannot_be) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "");
    EXPECT_EQ(DataFolderLock::open(file).error().code, "files.write_failed");
    EXPECT_EQ(DataFolderLock::open(file + "/below").error().code, "files.write_failed");
}

}  // namespace
}  // namespace meshline
