// Goal: folders are listed the same way everywhere, and small files are read whole or refused.
// Method: a folder of each kind of entry; files on both sides of the limit.
#include "drivers/files/disk_files.hpp"

#include "drivers/files/temporary_folder_for_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>

namespace meshline {
namespace {

using testing::ElementsAre;

TEST(DiskFiles, lists_regular_files_below_a_folder_by_path) {
    const TemporaryFolder folder;
    folder.put("b.csv", "");
    folder.put("a/z.jsonl", "");
    folder.put("a/deep/er/x", "");
    folder.put("B.csv", "");
    folder.put(".hidden", "");
    folder.put(".git/config", "");
    folder.put("other/kept", "");
    std::filesystem::create_directory(folder / "empty");
    std::filesystem::create_symlink(folder / "b.csv", folder / "link_to_file");
    std::filesystem::create_directory_symlink(folder / "other", folder / "link_to_folder");
    std::filesystem::create_symlink(folder / "nowhere", folder / "dangling");
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const Result<std::vector<std::string>> files = DiskFiles().list(folder.path());
    ASSERT_TRUE(files.ok());
    EXPECT_THAT(*files,
                ElementsAre(folder / "B.csv", folder / "a/deep/er/x", folder / "a/z.jsonl",
                            folder / "b.csv", folder / "link_to_file", folder / "other/kept"));
}

TEST(DiskFiles, lists_a_file_as_itself) {
    const TemporaryFolder folder;
    const std::string file = folder.put(".asked_for_by_name", "");
    EXPECT_THAT(*DiskFiles().list(file), ElementsAre(file));
    EXPECT_THAT(*DiskFiles().list("-"), ElementsAre("-"));
    EXPECT_EQ(DiskFiles().list(folder / "absent").error().code, "files.not_found");
    EXPECT_TRUE(DiskFiles().list(folder.path())->empty());
}

TEST(DiskFiles, tells_files_from_folders) {
    const TemporaryFolder folder;
    const std::string file = folder.put("file", "");
    EXPECT_TRUE(DiskFiles().exists(file));
    EXPECT_FALSE(DiskFiles().is_folder(file));
    EXPECT_TRUE(DiskFiles().exists(folder.path()));
    EXPECT_TRUE(DiskFiles().is_folder(folder.path()));
    EXPECT_FALSE(DiskFiles().exists(folder / "absent"));
    EXPECT_FALSE(DiskFiles().is_folder(folder / "absent"));
}

TEST(DiskFiles, reads_small_texts_whole_and_refuses_large_ones) {
    const TemporaryFolder folder;
    const std::string most(16 * 1024 * 1024, 'x');
    EXPECT_EQ(*DiskFiles().read_text(folder.put("small", "client: acme\n")), "client: acme\n");
    EXPECT_EQ(*DiskFiles().read_text(folder.put("empty", "")), "");
    EXPECT_EQ(DiskFiles().read_text(folder.put("most", most))->size(), most.size());
    const Result<std::string> more = DiskFiles().read_text(folder.put("more", most + "x"));
    ASSERT_FALSE(more.ok());
    EXPECT_EQ(more.error().code, "files.too_large");
    EXPECT_EQ(more.error().kind, ErrorKind::exhausted);
    EXPECT_EQ(DiskFiles().read_text(folder / "absent").error().code, "files.not_found");
    EXPECT_EQ(DiskFiles().read_text(folder.path()).error().code, "files.is_folder");
}

}  // namespace
}  // namespace meshline
