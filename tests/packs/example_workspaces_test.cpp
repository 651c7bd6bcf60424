// Goal: the example workspaces are good definitions, with or without their data.
// Method: each is loaded; no problem may be found.

#include "core/workspace/load_workspace.hpp"
#include "drivers/files/disk_files.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

class ExampleWorkspace : public testing::TestWithParam<const char*> {};

TEST_P(ExampleWorkspace, loads_without_a_problem) {
    DiskFiles files;
    const auto loaded =
        load_workspace(std::string(MESHLINE_SOURCE_DIR) + "/examples/" + GetParam(), files);
    std::string problems;
    for (const Error& problem : loaded.problems)
        problems += render(problem) + "\n";
    EXPECT_EQ(problems, "");
    EXPECT_TRUE(loaded.workspace.has_value());
}

INSTANTIATE_TEST_SUITE_P(examples, ExampleWorkspace,
                         testing::Values("online_retail", "whole_business", "bank_vs_ledger"));

}  // namespace
}  // namespace meshline
