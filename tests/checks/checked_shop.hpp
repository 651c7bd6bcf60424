#pragma once

#include "packs/workspace_run.hpp"
#include "support/temporary_folder.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// The small shop of tests/properties with a bank account, `bank`, of two statement streams.
class CheckedShop {
  public:
    /// `checks`: name and YAML of each.
    explicit CheckedShop(const std::vector<std::pair<std::string, std::string>>& checks);

    /// Writes a file of the workspace, which is read again.
    void define(const std::string& path, const std::string& text);
    /// Captures `text` as a file of its own of `source`/`stream`.
    void capture(const std::string& source, const std::string& stream, const std::string& text);
    /// Normalizes; the findings of the events.
    std::vector<Finding> normalize();
    /// Normalizes and validates; the findings of the checks.
    std::vector<Finding> validate();
    /// One text per row, columns with a space between.
    std::vector<std::string> rows(const std::string& sql);

  private:
    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
    int file_count_ = 0;
};

}  // namespace meshline
