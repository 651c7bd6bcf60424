#pragma once

#include "base/result/result.hpp"
#include "core/stage/stage.hpp"
#include "core/workspace/definitions.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"
#include "drivers/files/disk_files.hpp"
#include "drivers/segments/segment_log.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "stages/capture/capture.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// A clock that stands still, so that a test's data has the same age for ever.
class StandingClock : public Clock {
  public:
    Instant now() override { return at; }
    Instant at;
};

class SilentProgress : public Progress {
  public:
    void advance(std::string_view, std::int64_t, std::int64_t) override {}
    void finish(std::string_view) override {}
};

/// The days that a run publishes; all of them where it names none.
struct RunPart {
    std::optional<BusinessDate> from;
    std::optional<BusinessDate> to;
};

/// A workspace of this repository, or one that a test wrote, over stores in a folder of the test's
/// own, without the command line. The clock stands at noon (UTC) of `today`.
class WorkspaceRun {
  public:
    /// The message of the first problem when the workspace has some.
    static Result<std::unique_ptr<WorkspaceRun>> open(const std::string& workspace_folder,
                                                      const std::string& data_folder,
                                                      BusinessDate today);

    /// Reads the workspace again, from here on.
    Result<void> load(const std::string& workspace_folder);
    void move_clock(BusinessDate today);
    Result<CaptureReport> capture(std::string_view client, std::string_view source,
                                  std::string_view stream, const std::vector<std::string>& paths,
                                  const std::optional<CoverageRequest>& coverage = {});
    /// A capture that ends before its closing event, as by a power cut.
    Result<void> interrupt_capture(std::string_view client, std::string_view source,
                                   std::string_view stream, const std::vector<std::string>& paths);
    /// Takes back a capture, a retraction or positions; returns the retraction's id.
    Result<std::string> retract(std::string_view client, const std::string& target);
    Result<StageOutcome> run(Stage& stage, std::string_view client);
    /// One run through all of them.
    Result<void> run_all(const std::vector<std::unique_ptr<Stage>>& stages, std::string_view client,
                         const RunPart& part = {});
    /// Over a prefix that the test put into the warehouse itself, past the log.
    Result<StageOutcome> run_at(Stage& stage, std::string_view client, Position position);
    /// The metric's daily totals over the whole log, by date.
    Result<std::map<std::string, std::string>> daily_totals(std::string_view client,
                                                            std::string_view metric);
    /// The same as of an earlier position.
    Result<std::map<std::string, std::string>> daily_totals_at(std::string_view client,
                                                               std::string_view metric,
                                                               Position position);
    /// The live publications' totals, by date.
    Result<std::map<std::string, std::string>> published_totals(std::string_view client,
                                                                std::string_view metric);
    /// The metric's live publications of every grain with their figures.
    Result<std::vector<std::pair<Publication, std::vector<Figure>>>> live_figures(
        std::string_view client, std::string_view metric);
    /// Makes the view `match_items` for query(): what every item of the client's last run came to.
    Result<void> show_matches(std::string_view client);
    Result<Rows> query(std::string_view sql) { return warehouse_->query(sql); }

  private:
    WorkspaceRun() = default;
    Result<CaptureReport> capture_into(EventLog& log, std::string_view client,
                                       std::string_view source, std::string_view stream,
                                       const std::vector<std::string>& paths,
                                       const std::optional<CoverageRequest>& coverage);
    Result<std::vector<StageOutcome>> run_over(const std::vector<Stage*>& stages,
                                               std::string_view client, const LogHead& head,
                                               const RunPart& part);

    DiskFiles files_;
    StandingClock clock_;
    SilentProgress progress_;
    Workspace workspace_;
    std::unique_ptr<SegmentLog> log_;
    std::unique_ptr<DuckdbWarehouse> warehouse_;
    std::unique_ptr<TransformEngine> transforms_;
    std::unique_ptr<SqliteControl> control_;
    int run_count_ = 0;
};

/// The folder of public sample data beside the repository; empty where it is absent. Tests that
/// read from it skip then: nothing of it is in the repository.
std::string shared_data_folder();

}  // namespace meshline
