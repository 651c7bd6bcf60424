#pragma once

#include "drivers/files/temporary_folder_for_test.hpp"
#include "packs/workspace_run.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// An example's workspace over stores of the test's own. Skips where the published data is absent.
class ExampleRun : public testing::Test {
  protected:
    void open(const std::string& example, const std::string& data_subfolder) {
        open_folder(std::string(MESHLINE_SOURCE_DIR) + "/examples/" + example, data_subfolder);
    }

    void open_folder(const std::string& workspace, const std::string& data_subfolder) {
        const std::string shared = shared_data_folder();
        if (shared.empty()) GTEST_SKIP() << "no sample data at ../shared/data";
        data_ = shared + "/" + data_subfolder + "/";
        auto run = WorkspaceRun::open(workspace, folder_ / "data",
                                      BusinessDate::parse("2026-11-22").value());
        ASSERT_TRUE(run.ok()) << render(run.error());
        run_ = std::move(*run);
    }

    CaptureReport capture(std::string_view client, std::string_view source, std::string_view stream,
                          const std::vector<std::string>& files) {
        std::vector<std::string> paths;
        for (const std::string& file : files)
            paths.push_back(data_ + file);
        auto report = run_->capture(client, source, stream, paths);
        EXPECT_TRUE(report.ok()) << render(report.error());
        return report.ok() ? std::move(*report) : CaptureReport{};
    }

    StageOutcome run(std::unique_ptr<Stage> stage, std::string_view client) {
        auto outcome = run_->run(*stage, client);
        EXPECT_TRUE(outcome.ok()) << render(outcome.error());
        return outcome.ok() ? std::move(*outcome) : StageOutcome{};
    }

    /// Each row as its columns joined with a space.
    std::vector<std::string> lines(std::string_view sql) {
        std::vector<std::string> lines;
        const auto rows = run_->query(sql);
        EXPECT_TRUE(rows.ok()) << render(rows.error());
        if (!rows.ok()) return lines;
        for (std::size_t row = 0; row < rows->rows.size(); ++row) {
            std::string& line = lines.emplace_back();
            for (std::size_t column = 0; column < rows->columns.size(); ++column) {
                if (column > 0) line += ' ';
                line += rows->text(row, column);
            }
        }
        return lines;
    }

    std::string data_;
    TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
};

using Lines = std::vector<std::string>;

}  // namespace meshline
