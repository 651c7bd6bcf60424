#pragma once

#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "support/temporary_folder.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

using Orders = std::vector<OrderRevision>;
using Totals = std::map<std::string, std::string>;

struct PlannedCapture {
    std::string source;
    Orders orders;
    /// The first and the last day of March that it covers, where it covers any.
    std::optional<std::pair<int, int>> covered = {};
};

/// What a shop tells after its runs, by what it is about.
using Told = std::map<std::string, std::string>;

/// A small shop with a till, whose orders have revisions, and a stall, whose orders have none.
class CaptureShop {
  public:
    CaptureShop();

    /// Returns the capture's id. Asserts that it came to its end, as all that follow do.
    std::string capture(const PlannedCapture& plan);
    void interrupt(const PlannedCapture& plan);
    std::string retract(const std::string& target);
    void run();

    /// Everything that figures, checks and people are told of, but for the places in the log.
    Told told();
    WorkspaceRun& stores() { return *run_; }
    /// The findings of one type.
    std::vector<std::string> found(const std::string& type) const;
    std::string workspace() const { return folder_ / "workspace"; }

  private:
    std::string write(const PlannedCapture& plan);
    void add(Told& all, const std::string& name, const std::string& sql);

    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
    std::set<std::string> findings_;
    int file_count_ = 0;
};

/// Asserts that both shops were told the same, and logs what only one was.
void expect_same(const Told& left, const Told& right);

}  // namespace meshline
