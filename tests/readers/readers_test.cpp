// Goal: what reads publications, exceptions, captures and the log opens no warehouse, whatever
// fills one meanwhile. Method: the commands over an installation that counts who asks for it, and
// one that needs it.
#include "readers/counting_installation.hpp"
#include "support/temporary_folder.hpp"
#include "surface/cli/run_command_line.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <vector>

namespace meshline::test {
namespace {

const std::string fixtures = std::string(MESHLINE_SOURCE_DIR) + "/tests/transcripts/fixtures";

class Readers : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(data_);
        ASSERT_EQ(run({"capture", "corner", "till/sales", fixtures + "/three_sales.ndjson"}), 0);
        ASSERT_EQ(installation_.warehouses_asked_for(), 0);
    }

    int run(std::vector<std::string> words) {
        words.insert(words.begin(),
                     {"meshline", "--workspace", fixtures + "/corner_shop", "--data", data_});
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        return run_command_line(static_cast<int>(arguments.size()), arguments.data(),
                                installation_);
    }

    CountingInstallation installation_;
    const TemporaryFolder folder_;
    const std::string data_ = folder_ / "data";
};

TEST_F(Readers, published_figures_exceptions_and_captures_open_no_warehouse) {
    const std::vector<std::vector<std::string>> commands = {
        {"status"},
        {"status", "corner", "--json"},
        {"report", "corner"},
        {"report", "corner", "--metric", "net_sales", "--json"},
        {"exceptions"},
        {"exceptions", "corner", "--json"},
        {"captures", "corner"},
        {"captures", "corner", "--json"},
    };
    for (const auto& command : commands) {
        EXPECT_EQ(run(command), 0) << command[0];
        EXPECT_EQ(installation_.warehouses_asked_for(), 0) << command[0];
    }
}

TEST_F(Readers, questions_to_facts_open_it) {
    EXPECT_NE(run({"reconcile", "corner"}), 0);
    EXPECT_EQ(installation_.warehouses_asked_for(), 1);
}

}  // namespace
}  // namespace meshline::test
