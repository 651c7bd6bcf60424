// Goal: folders are listed the same way everywhere, and small files are read whole or refused.
// Method: a folder of each kind of entry and of link; files on both sides of the limit.
#include "drivers/files/disk_files.hpp"

#include "drivers/files/list_folder.hpp"
#include "drivers/files/temporary_folder_for_test.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace meshline {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> codes_and_places(const FileList& list) {
    std::vector<std::string> said;
    for (const Error& problem : list.problems)
        said.push_back(problem.code + " " + problem.where.file);
    return said;
}

TEST(DiskFiles, lists_files_below_a_folder_by_path_and_follows_links) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    folder.put("b.csv", "");
    folder.put("a/z.jsonl", "");
    folder.put("a/deep/er/x", "");
    folder.put("B.csv", "");
    folder.put(".hidden", "");
    folder.put(".git/config", "");
    elsewhere.put("kept/y", "");
    fs::create_directory(folder / "empty");
    fs::create_symlink(folder / "b.csv", folder / "link_to_file");
    fs::create_directory_symlink(elsewhere.path(), folder / "linked");
    // Seen twice is no loop.
    fs::create_directory_symlink(elsewhere / "kept", elsewhere / "kept_too");
    const Result<FileList> list = DiskFiles().list(folder.path(), {});
    ASSERT_TRUE(list.ok());
    EXPECT_THAT(list->files,
                ElementsAre(folder / "B.csv", folder / "a/deep/er/x", folder / "a/z.jsonl",
                            folder / "b.csv", folder / "link_to_file", folder / "linked/kept/y",
                            folder / "linked/kept_too/y"));
    EXPECT_THAT(codes_and_places(*list), IsEmpty());
}

TEST(DiskFiles, says_what_it_could_not_follow_and_lists_the_rest) {
    const TemporaryFolder folder;
    folder.put("a/kept", "");
    fs::create_symlink(folder / "nowhere", folder / "a/dangling");
    fs::create_symlink(folder / "a/kept/below_a_file", folder / "a/through_a_file");
    fs::create_symlink("itself", folder / "a/itself");
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const Result<FileList> list = DiskFiles().list(folder.path(), {});
    ASSERT_TRUE(list.ok());
    EXPECT_THAT(list->files, ElementsAre(folder / "a/kept"));
    EXPECT_THAT(codes_and_places(*list),
                UnorderedElementsAre("files.broken_link " + folder / "a/dangling",
                                     "files.broken_link " + folder / "a/through_a_file",
                                     "files.broken_link " + folder / "a/itself",
                                     "files.no_file " + folder / "pipe"));
}

TEST(DiskFiles, goes_round_in_no_circle) {
    const TemporaryFolder folder;
    folder.put("a/b/x", "");
    folder.put("c/y", "");
    fs::create_directory_symlink("..", folder / "a/b/up");
    fs::create_directory_symlink(folder.path(), folder / "c/top");
    // Two that show each other.
    fs::create_directory_symlink(folder / "c", folder / "a/c");
    fs::create_directory_symlink(folder / "a", folder / "c/a");
    const Result<FileList> list = DiskFiles().list(folder.path(), {});
    ASSERT_TRUE(list.ok());
    EXPECT_THAT(list->files, ElementsAre(folder / "a/b/x", folder / "a/c/y", folder / "c/a/b/x",
                                         folder / "c/y"));
    EXPECT_THAT(
        codes_and_places(*list),
        UnorderedElementsAre(
            "files.link_loop " + folder / "a/b/up", "files.link_loop " + folder / "c/top",
            "files.link_loop " + folder / "a/c/a", "files.link_loop " + folder / "a/c/top",
            "files.link_loop " + folder / "c/a/c", "files.link_loop " + folder / "c/a/b/up"));
}

/// The rights of another user, where the test runs as one whom none are refused to.
class AsNobody {
  public:
    AsNobody() {
        if (user_ == 0) EXPECT_EQ(::seteuid(65'534), 0);
    }
    ~AsNobody() { EXPECT_EQ(::seteuid(user_), 0); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

  private:
    ::uid_t user_ = ::geteuid();
};

TEST(DiskFiles, says_which_folder_it_may_not_look_into) {
    const TemporaryFolder folder;
    folder.put("closed/x", "");
    folder.put("open", "");
    fs::permissions(folder.path(), fs::perms(0755));
    fs::permissions(folder / "closed", fs::perms::none);
    Result<FileList> list = FileList();
    Result<FileList> closed = FileList();
    {
        const AsNobody nobody;
        list = DiskFiles().list(folder.path(), {});
        closed = DiskFiles().list(folder / "closed", {});
    }
    fs::permissions(folder / "closed", fs::perms::owner_all);
    ASSERT_TRUE(list.ok());
    EXPECT_THAT(list->files, ElementsAre(folder / "open"));
    EXPECT_THAT(codes_and_places(*list), ElementsAre("files.unreadable " + folder / "closed"));
    ASSERT_FALSE(closed.ok());
    EXPECT_EQ(closed.error().code, "files.unreadable");
}

TEST(DiskFiles, looks_at_so_many_entries_and_no_more) {
    const TemporaryFolder folder;
    folder.put("a/x", "");
    folder.put("a/y", "");
    for (const char* link : {"b", "c", "d"})
        fs::create_directory_symlink(folder / "a", folder / link);
    EXPECT_EQ(list_folder(folder.path(), {}, 12)->files.size(), 8u);
    const Result<FileList> refused = list_folder(folder.path(), {}, 11);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "files.too_many");
    EXPECT_EQ(refused.error().kind, ErrorKind::exhausted);
}

TEST(DiskFiles, leaves_out_what_it_is_told_to_in_the_folder_itself) {
    const TemporaryFolder folder;
    folder.put("data/x", "");
    folder.put("a/data", "");
    fs::create_symlink(folder / "nowhere", folder / "docs");
    const Result<FileList> list = DiskFiles().list(folder.path(), {"data", "docs"});
    ASSERT_TRUE(list.ok());
    EXPECT_THAT(list->files, ElementsAre(folder / "a/data"));
    EXPECT_THAT(codes_and_places(*list), IsEmpty());
}

TEST(DiskFiles, lists_a_file_as_itself) {
    const TemporaryFolder folder;
    const std::string file = folder.put(".asked_for_by_name", "");
    fs::create_symlink(folder / "nowhere", folder / ".dangling");
    EXPECT_THAT(DiskFiles().list(file, {})->files, ElementsAre(file));
    EXPECT_THAT(DiskFiles().list("-", {})->files, ElementsAre("-"));
    EXPECT_EQ(DiskFiles().list(folder / "absent", {}).error().code, "files.not_found");
    EXPECT_EQ(DiskFiles().list(folder / ".dangling", {}).error().code, "files.broken_link");
    EXPECT_EQ(DiskFiles().read_text(folder / ".dangling").error().code, "files.broken_link");
    EXPECT_THAT(DiskFiles().list(folder.path(), {})->files, IsEmpty());
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
