#pragma once

#include "model/story.hpp"
#include "packs/workspace_run.hpp"
#include "support/temporary_folder.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// What can be compared, as texts: what it is about, and what is said of it.
using Told = std::map<std::string, std::string>;

/// The product with the workspace of fixtures/market. What it refuses is thrown.
class Market {
  public:
    explicit Market(const Story& story);

    void act(const Act& act);
    /// Of every live publication, "net_sales day 2026-03-01" -> "verified 2 EUR||=1000000 ...":
    /// state, version and the figures in millionths.
    Told published();
    /// What every item of the reconciliations came to, "orders_to_charges left o1" -> "matched".
    Told matched();

  private:
    void capture(const Act& act);
    void run(const Act& act);

    const Story& story_;
    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
    std::vector<std::string> captures_;  ///< Their ids.
    int file_count_ = 0;
};

}  // namespace meshline
