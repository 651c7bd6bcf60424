// Goal: a file is replaced whole or not at all, and a full disk says so.
// Method: replacements of each kind of target; the process's own file size limit and /dev/full
// stand in for a full disk.
#include "drivers/files/write_file.hpp"

#include "drivers/files/disk_files.hpp"
#include "drivers/files/file_handle.hpp"
#include "drivers/files/temporary_folder_for_test.hpp"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meshline {
namespace {

/// Files of this process end at `bytes` as long as the object lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int);
};

std::size_t entries_in(const std::string& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder))
        ++count;
    return count;
}

mode_t mode_of(const std::string& path) {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
}

TEST(ReplaceFile, makes_the_file_and_its_folders) {
    const TemporaryFolder folder;
    ASSERT_TRUE(DiskFiles().write_text(folder / "a/b/c.txt", "text").ok());
    EXPECT_EQ(folder.get("a/b/c.txt"), "text");
    EXPECT_EQ(entries_in(folder / "a/b"), 1u);
}

TEST(ReplaceFile, leaves_nothing_of_the_old_text) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "a long old text");
    ASSERT_TRUE(replace_file(file, "new").ok());
    EXPECT_EQ(folder.get("file"), "new");
    ASSERT_TRUE(replace_file(file, "").ok());
    EXPECT_EQ(folder.get("file"), "");
    EXPECT_EQ(entries_in(folder.path()), 1u);
}

TEST(ReplaceFile, readers_of_the_old_file_keep_it) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "old");
    std::ifstream reader(file);
    ASSERT_TRUE(replace_file(file, "new").ok());
    std::string seen;
    reader >> seen;
    EXPECT_EQ(seen, "old");
}

TEST(ReplaceFile, keeps_the_permissions_of_the_old_file) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "old");
    ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
    ASSERT_TRUE(replace_file(file, "new").ok());
    EXPECT_EQ(mode_of(file), mode_t{0600});
}

TEST(ReplaceFile, writes_through_a_link) {
    const TemporaryFolder folder;
    folder.put("target", "old");
    std::filesystem::create_symlink("target", folder / "link");
    ASSERT_TRUE(replace_file(folder / "link", "new").ok());
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
    EXPECT_EQ(folder.get("target"), "new");
}

TEST(ReplaceFile, refuses_targets_that_are_no_files) {
    const TemporaryFolder folder;
    const std::string pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(replace_file(folder.path(), "x").error().code, "files.write_failed");
    EXPECT_EQ(replace_file(pipe, "x").error().code, "files.write_failed");
    EXPECT_EQ(replace_file(folder.put("file", "") + "/below", "x").error().code,
              "files.write_failed");
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST(ReplaceFile, a_full_disk_leaves_the_old_file_and_nothing_else) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "old");
    {
        const FileSizeLimit limit(100'000);
        const Result<void> full = replace_file(file, std::string(100'001, 'x'));
        ASSERT_FALSE(full.ok());
        EXPECT_EQ(full.error().code, "files.disk_full");
        EXPECT_EQ(full.error().kind, ErrorKind::exhausted);
        EXPECT_EQ(folder.get("file"), "old");
        EXPECT_EQ(entries_in(folder.path()), 1u);
        EXPECT_TRUE(replace_file(file, std::string(100'000, 'x')).ok());
    }
    EXPECT_EQ(folder.get("file").size(), 100'000u);
}

TEST(WriteFully, says_when_the_device_is_full) {
    const FileHandle full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    ASSERT_TRUE(full.is_open());
    EXPECT_EQ(write_fully(full, "x", "full").error().code, "files.disk_full");
    EXPECT_TRUE(write_fully(full, "", "full").ok());
    EXPECT_EQ(write_fully(FileHandle(), "x", "closed").error().code, "files.write_failed");
}

TEST(WriteFully, goes_on_after_a_short_write) {
    const TemporaryFolder folder;
    const FileSizeLimit limit(70'000);
    const FileHandle file(::open((folder / "file").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    // The system takes 70,000 bytes with the first call and refuses the second.
    EXPECT_EQ(write_fully(file, std::string(70'001, 'x'), "file").error().code, "files.disk_full");
    EXPECT_EQ(std::filesystem::file_size(folder / "file"), 70'000u);
}

}  // namespace
}  // namespace meshline
