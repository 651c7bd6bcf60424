// Goal: definitions in use stay what they are while others are loaded, what is left out is told
// once, and who only loads them leaves no data folder behind. Method: a copied workspace that is
// changed between two loads.
#include "operate/installation/open_workspace.hpp"

#include "readers/counting_installation.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace meshline::test {
namespace {

class OpenWorkspaceTest : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::copy(
            std::string(MESHLINE_SOURCE_DIR) + "/tests/transcripts/fixtures/corner_shop", root_,
            std::filesystem::copy_options::recursive);
    }

    CountingInstallation installation_;
    const TemporaryFolder folder_;
    const std::string root_ = folder_ / "shop";
};

TEST_F(OpenWorkspaceTest, reload_gives_a_new_snapshot_and_takes_none) {
    OpenWorkspace opened(installation_, installation_.clock(), {.root = root_, .data = {}});
    const auto before = opened.definitions();
    ASSERT_TRUE(before.ok());
    EXPECT_EQ(*before, *opened.definitions());
    std::filesystem::remove(root_ + "/metrics/bank_receipts.yaml");
    const auto after = opened.reload();
    ASSERT_TRUE(after.ok());
    EXPECT_NE((*before)->find_metric("bank_receipts"), nullptr);
    EXPECT_EQ((*after)->find_metric("bank_receipts"), nullptr);
    EXPECT_EQ(*after, *opened.definitions());
}

TEST_F(OpenWorkspaceTest, what_is_left_out_is_told_once) {
    std::ofstream(root_ + "/metrics/bank_receipts.yaml") << "metric: bank_receipts\n";
    int told = 0;
    WorkspaceRequest request{.root = root_, .data = {}};
    request.when_left_out = [&](const Workspace& workspace, const std::vector<Error>& problems) {
        ++told;
        EXPECT_FALSE(problems.empty());
        EXPECT_NE(workspace.find_left_out(LeftOutKind::metric, "bank_receipts"), nullptr);
    };
    OpenWorkspace opened(installation_, installation_.clock(), request);
    EXPECT_FALSE(opened.whole_definitions().ok());
    EXPECT_EQ(told, 0);
    EXPECT_TRUE(opened.definitions().ok());
    EXPECT_TRUE(opened.definitions().ok());
    EXPECT_EQ(told, 1);
}

TEST_F(OpenWorkspaceTest, loading_definitions_makes_no_data_folder) {
    OpenWorkspace opened(installation_, installation_.clock(), {.root = root_, .data = {}});
    ASSERT_TRUE(opened.definitions().ok());
    EXPECT_FALSE(std::filesystem::exists(root_ + "/.meshline"));
}

}  // namespace
}  // namespace meshline::test
