#pragma once

#include "base/result/result.hpp"
#include "core/stage/stage.hpp"
#include "core/workspace/definitions.hpp"
#include "drivers/duckdb/duckdb_transforms.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"
#include "drivers/files/disk_files.hpp"
#include "drivers/segments/segment_log.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "stages/capture/capture.hpp"

#include <memory>
#include <string>

namespace meshline::bench {

/// A clock that stands at 2026-01-15, after the year of the made-up orders.
class StandingClock : public Clock {
  public:
    Instant now() override { return {1'768'435'200'000'000}; }
};

class SilentProgress : public Progress {
  public:
    void advance(std::string_view, std::int64_t, std::int64_t) override {}
    void finish(std::string_view) override {}
};

/// The starter workspace of a shop over the stores that the product uses, in a folder of its own.
class Shop {
  public:
    /// The folder is made; a workspace and a data folder come into it.
    static Result<std::unique_ptr<Shop>> open(const std::string& folder);

    Result<CaptureReport> capture(FileSystem& files, const std::string& path);
    /// Puts orders into the log as if nobody had judged them, so that normalize does. Not for
    /// measuring.
    Result<void> append_unjudged(std::int64_t count);
    /// Runs the stage on the whole log.
    Result<StageOutcome> run(Stage& stage);
    /// The same on a prefix that is in the warehouse only.
    Result<StageOutcome> run_at(Stage& stage, Position position);

    DiskFiles& files() { return files_; }
    Workspace& workspace() { return workspace_; }
    const ClientDefinition& client() const { return workspace_.clients.front(); }
    EventLog& log() { return *log_; }
    Warehouse& warehouse() { return *warehouse_; }
    /// The data folder's stores closed: nothing can be done after it.
    void close();

  private:
    Shop() = default;
    Result<StageOutcome> run_to(Stage& stage, const LogHead& head);

    DiskFiles files_;
    StandingClock clock_;
    SilentProgress progress_;
    Workspace workspace_;
    DuckdbTransforms transforms_;
    std::unique_ptr<SegmentLog> log_;
    std::unique_ptr<DuckdbWarehouse> warehouse_;
    std::unique_ptr<SqliteControl> control_;
    int run_count_ = 0;
};

/// Writes the files of `meshline init`.
Result<void> write_workspace(const std::string& folder, FileSystem& files);

inline constexpr const char* shop_client = "my_shop";
inline constexpr const char* shop_source = "shop";
inline constexpr const char* shop_stream = "orders";

}  // namespace meshline::bench
