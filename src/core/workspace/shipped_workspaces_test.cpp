// Goal: every workspace that is shipped - examples and templates - loads, and editors agree.
// Method: read the folders of the repository into memory, load them, and judge each definition with
// the JSON Schema of its kind.
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/memory_files.hpp"
#include "core/workspace/schema_judge.hpp"

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

TEST(ShippedWorkspaces, keep_the_schemas_that_editors_use) {
    std::vector<fs::path> folders = workspaces();
    folders.push_back(fs::path(MESHLINE_SOURCE_DIR) / "packs");
    for (const fs::path& folder : folders) {
        for (const auto& [path, text] : read_folder(folder).files) {
            if (schema_kind_of(path).empty()) continue;
            for (const SchemaError& violation : schema_violations(path, text)) {
                ADD_FAILURE() << folder.filename() << " " << path << ": "
                              << violation.instance_location << " " << violation.message;
            }
        }
    }
}

}  // namespace
}  // namespace meshline
