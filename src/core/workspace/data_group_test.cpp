// Goal: the data folder is opened to the group that meshline.yaml names and to no other.
// Method: a table of texts.
#include "core/workspace/data_group.hpp"

#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

struct GroupCase {
    const char* text;
    const char* group;  ///< What is read; "" for none.
    const char* code;   ///< Of the refusal.
};

constexpr GroupCase cases[] = {
    {"workspace: agency\n", "", ""},
    {"workspace: agency\ndata_group: finance\n", "finance", ""},
    {"workspace: agency\ndata_group: \"_Web-1.x\"\n", "_Web-1.x", ""},
    {"workspace: agency\ndata_group: \"\"\n", "", "workspace.not_valid"},
    {"workspace: agency\ndata_group: a b\n", "", "workspace.not_valid"},
    {"workspace: agency\ndata_group: 100\n", "", "workspace.not_valid"},
    {"workspace: agency\ndata_group: [finance]\n", "", "workspace.not_valid"},
    {"workspace: agency\ndata_grup: finance\n", "", "workspace.not_valid"},
    {"workspace: [\n", "", "yaml.syntax"},
};

TEST(DataGroup, is_what_meshline_yaml_names) {
    for (const GroupCase& one : cases) {
        MemoryFiles files = sample_workspace();
        files.files["/shop/meshline.yaml"] = one.text;
        const auto group = read_data_group("/shop", files);
        EXPECT_EQ(group.ok() ? "" : group.error().code, one.code) << one.text;
        if (group.ok()) EXPECT_EQ(*group, one.group) << one.text;
        // The loader has nothing against what is taken, and refuses what is not.
        EXPECT_EQ(load_workspace("/shop", files).problems.empty(), group.ok()) << one.text;
    }
}

}  // namespace
}  // namespace meshline
