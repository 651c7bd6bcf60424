// Goal: every pack inside the binary is good as it stands in the repository, with no stray file.
// Method: load each from the binary and again from its folder with all files.
#include "core/packs/pack.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace meshline {
namespace {

namespace fs = std::filesystem;

const fs::path packs_folder = fs::path(MESHLINE_SOURCE_DIR) / "packs";

std::vector<PackFile> files_below(const fs::path& folder) {
    std::vector<PackFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        files.push_back({fs::relative(entry.path(), folder).string(), bytes.str()});
    }
    std::sort(files.begin(), files.end(),
              [](const auto& left, const auto& right) { return left.path < right.path; });
    return files;
}

TEST(BuiltInPacks, are_the_folders_of_the_repository) {
    std::vector<std::string> folders;
    if (fs::exists(packs_folder)) {
        for (const auto& entry : fs::directory_iterator(packs_folder)) {
            if (entry.is_directory()) folders.push_back(entry.path().filename().string());
        }
    }
    std::sort(folders.begin(), folders.end());
    EXPECT_EQ(built_in_pack_names(), folders);
}

TEST(BuiltInPacks, load_without_a_problem_and_without_an_owner) {
    for (const std::string& name : built_in_pack_names()) {
        std::vector<Error> problems;
        const auto pack = load_pack(name, "packs/" + name, built_in_pack_files(name), problems);
        for (const Error& problem : problems)
            ADD_FAILURE() << render(problem);
        ASSERT_TRUE(pack.has_value()) << name;
        EXPECT_EQ(pack->owner, "") << name;
        EXPECT_FALSE(pack->streams.empty()) << name;
        // Clients share them: who answers for a field is said by their sources.
        for (const StreamDefinition& stream : pack->streams)
            EXPECT_TRUE(stream.contract->owners().empty()) << name << " " << stream.name;

        const auto from_folder =
            load_pack(name, "packs/" + name, files_below(packs_folder / name), problems);
        for (const Error& problem : problems)
            ADD_FAILURE() << render(problem);
        ASSERT_TRUE(from_folder.has_value()) << name;
        EXPECT_EQ(from_folder->text_digest, pack->text_digest) << name;
    }
}

TEST(BuiltInPacks, an_unknown_one_has_no_files) {
    EXPECT_TRUE(built_in_pack_files("no_such_pack").empty());
}

}  // namespace
}  // namespace meshline
