// Goal: every workspace that is shipped - examples and templates - loads, and editors agree.
// Method: read the folders of the repository into memory and load them; judge the packs with the
// JSON Schema of their kind.
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/memory_files.hpp"
#include "core/workspace/yaml_schemas.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace meshline {
namespace {

namespace fs = std::filesystem;

MemoryFiles read_folder(const fs::path& folder) {
    MemoryFiles memory;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        memory.files["/shipped/" + fs::relative(entry.path(), folder).string()] = bytes.str();
    }
    return memory;
}

std::vector<fs::path> workspaces() {
    std::vector<fs::path> found;
    for (const char* folder : {"examples", "templates"}) {
        const fs::path above = fs::path(MESHLINE_SOURCE_DIR) / folder;
        if (!fs::exists(above)) continue;
        for (const auto& entry : fs::directory_iterator(above)) {
            if (fs::exists(entry.path() / "meshline.yaml")) found.push_back(entry.path());
        }
    }
    return found;
}

TEST(ShippedWorkspaces, load_without_a_problem) {
    ASSERT_FALSE(workspaces().empty());
    for (const fs::path& folder : workspaces()) {
        MemoryFiles files = read_folder(folder);
        for (const Error& problem : load_workspace("/shipped", files).problems) {
            ADD_FAILURE() << folder.filename() << "\n" << render(problem);
        }
    }
}

/// Loading holds a workspace's own files against them; the built-in packs are not loaded from
/// files.
TEST(ShippedWorkspaces, built_in_packs_keep_the_schema_that_editors_use) {
    const fs::path packs = fs::path(MESHLINE_SOURCE_DIR) / "packs";
    int judged = 0;
    for (const auto& entry : fs::directory_iterator(packs)) {
        const std::string file = "pack.yaml";
        const std::string path = "packs/" + entry.path().filename().string() + "/" + file;
        const auto root = parse_yaml(read_folder(entry.path()).files.at("/shipped/" + file), path);
        ASSERT_TRUE(root.ok());
        for (const Error& problem : check_by_schema(*root, path))
            ADD_FAILURE() << render(problem);
        ++judged;
    }
    EXPECT_GT(judged, 5);
}

}  // namespace
}  // namespace meshline
