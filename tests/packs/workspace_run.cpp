#include "packs/workspace_run.hpp"

#include "core/eventlog/forwarding_log.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/workspace/load_workspace.hpp"
#include "drivers/duckdb/duckdb_transforms.hpp"
#include "operate/orchestrate/retract.hpp"
#include "stages/reconcile/match_items.hpp"

#include <filesystem>
#include <utility>

namespace meshline {
namespace {

/// Stops where a capture would be closed.
class CutLog : public ForwardingLog {
  public:
    static constexpr const char* code = "test.cut";

    using ForwardingLog::append;
    using ForwardingLog::ForwardingLog;
    Result<std::vector<Appended>> append(const ClientId& client,
                                         std::span<const EventDraft> drafts) override {
        if (drafts.front().event_id.ends_with("/closed"))
            return Error{.code = code, .message = "the power is cut"};
        return ForwardingLog::append(client, drafts);
    }
};

}  // namespace

Result<std::unique_ptr<WorkspaceRun>> WorkspaceRun::open(const std::string& workspace_folder,
                                                         const std::string& data_folder,
                                                         BusinessDate today) {
    std::unique_ptr<WorkspaceRun> run(new WorkspaceRun);
    MESHLINE_TRY(run->load(workspace_folder));
    run->move_clock(today);
    MESHLINE_ASSIGN(run->log_, SegmentLog::open(data_folder + "/log"));
    MESHLINE_ASSIGN(run->warehouse_, DuckdbWarehouse::open(data_folder + "/warehouse.duckdb", {}));
    run->transforms_ = std::make_unique<DuckdbTransforms>();
    MESHLINE_ASSIGN(run->control_, SqliteControl::open(data_folder + "/control.sqlite"));
    return run;
}

Result<void> WorkspaceRun::load(const std::string& workspace_folder) {
    LoadedWorkspace loaded = load_workspace(workspace_folder, files_);
    if (!loaded.problems.empty()) return loaded.problems.front();
    workspace_ = std::move(*loaded.workspace);
    return {};
}

void WorkspaceRun::move_clock(BusinessDate today) {
    constexpr std::int64_t micros_per_hour = 3'600'000'000;
    clock_.at = {(std::int64_t{today.days} * 24 + 12) * micros_per_hour};
}

Result<CaptureReport> WorkspaceRun::capture(std::string_view client, std::string_view source,
                                            std::string_view stream,
                                            const std::vector<std::string>& paths,
                                            const std::optional<CoverageRequest>& coverage) {
    return capture_into(*log_, client, source, stream, paths, coverage);
}

Result<void> WorkspaceRun::interrupt_capture(std::string_view client, std::string_view source,
                                             std::string_view stream,
                                             const std::vector<std::string>& paths) {
    CutLog log(*log_);
    const auto captured = capture_into(log, client, source, stream, paths, {});
    if (!captured.ok() && captured.error().code == CutLog::code) return {};
    return Error{.code = "test.not_cut", .message = "the capture came to its end"};
}

Result<CaptureReport> WorkspaceRun::capture_into(EventLog& log, std::string_view client,
                                                 std::string_view source, std::string_view stream,
                                                 const std::vector<std::string>& paths,
                                                 const std::optional<CoverageRequest>& coverage) {
    const ClientDefinition* of_client = workspace_.find_client(client);
    const SourceDefinition* of_source = of_client ? of_client->find(source) : nullptr;
    const StreamDefinition* of_stream = of_source ? of_source->pack->find(stream) : nullptr;
    if (!of_stream) {
        return Error{.code = "test.unknown_stream",
                     .message = "no stream \"" + std::string(client) + " " + std::string(source) +
                                "/" + std::string(stream) + "\""};
    }
    CaptureContext context{log, *control_, files_, clock_, progress_};
    return meshline::capture(context, {.client = *of_client,
                                       .source = *of_source,
                                       .stream = *of_stream,
                                       .paths = paths,
                                       .coverage = coverage});
}

Result<std::string> WorkspaceRun::retract(std::string_view client, const std::string& target) {
    MESHLINE_ASSIGN(
        const Retracted done,
        meshline::retract(*log_, *control_,
                          {ClientId(std::string(client)), {target}, "a test", clock_.now()}));
    return done.id;
}

Result<StageOutcome> WorkspaceRun::run(Stage& stage, std::string_view client) {
    MESHLINE_ASSIGN(const LogHead head, log_->head(ClientId(std::string(client))));
    MESHLINE_ASSIGN(auto outcomes, run_over({&stage}, client, head, {}));
    return std::move(outcomes.front());
}

Result<StageOutcome> WorkspaceRun::run_at(Stage& stage, std::string_view client,
                                          Position position) {
    MESHLINE_ASSIGN(auto outcomes, run_over({&stage}, client, LogHead{position, {}}, {}));
    return std::move(outcomes.front());
}

Result<void> WorkspaceRun::run_all(const std::vector<std::unique_ptr<Stage>>& stages,
                                   std::string_view client, const RunPart& part) {
    MESHLINE_ASSIGN(const LogHead head, log_->head(ClientId(std::string(client))));
    std::vector<Stage*> in_order;
    for (const auto& stage : stages)
        in_order.push_back(stage.get());
    MESHLINE_TRY(run_over(in_order, client, head, part));
    return {};
}

Result<std::vector<StageOutcome>> WorkspaceRun::run_over(const std::vector<Stage*>& stages,
                                                         std::string_view client,
                                                         const LogHead& head, const RunPart& part) {
    const ClientDefinition* of_client = workspace_.find_client(client);
    if (!of_client) {
        return Error{.code = "test.unknown_client",
                     .message = "no client \"" + std::string(client) + "\""};
    }
    const RunId run("run_" + std::to_string(++run_count_));
    MESHLINE_TRY(control_->begin_run({.id = run,
                                      .client = of_client->id,
                                      .started_at = clock_.now(),
                                      .finished_at = {},
                                      .outcome = "running",
                                      .log_position = head.position}));
    StageContext context{.workspace = workspace_,
                         .client = *of_client,
                         .log = *log_,
                         .warehouse = *warehouse_,
                         .transforms = *transforms_,
                         .control = *control_,
                         .clock = clock_,
                         .progress = progress_,
                         .run = run,
                         .head = head,
                         .from = part.from,
                         .to = part.to};
    std::vector<StageOutcome> outcomes;
    for (Stage* stage : stages) {
        MESHLINE_ASSIGN(StageOutcome outcome, stage->run(context));
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

Result<std::map<std::string, std::string>> WorkspaceRun::daily_totals(std::string_view client,
                                                                      std::string_view metric) {
    MESHLINE_ASSIGN(const LogHead head, log_->head(ClientId(std::string(client))));
    return daily_totals_at(client, metric, head.position);
}

Result<std::map<std::string, std::string>> WorkspaceRun::daily_totals_at(std::string_view client,
                                                                         std::string_view metric,
                                                                         Position position) {
    const ClientDefinition* of_client = workspace_.find_client(client);
    const MetricDefinition* definition = workspace_.find_metric(metric);
    if (!of_client || !definition) {
        return Error{.code = "test.unknown_metric", .message = "no client or metric of this name"};
    }
    MESHLINE_ASSIGN(
        const auto figures,
        compute_figures(
            *warehouse_, *definition,
            {.client = of_client->id, .upto = position, .days = {}, .has_dimensions = true}));
    std::map<std::string, std::string> totals;
    for (const auto& [day, of_day] : figures) {
        for (const Figure& figure : of_day) {
            if (figure.dimension.empty()) totals[day.text()] = figure.amount.text();
        }
    }
    return totals;
}

Result<std::map<std::string, std::string>> WorkspaceRun::published_totals(std::string_view client,
                                                                          std::string_view metric) {
    MESHLINE_ASSIGN(const auto live, live_figures(client, metric));
    std::map<std::string, std::string> totals;
    for (const auto& [unit, figures] : live) {
        for (const Figure& figure : figures) {
            if (figure.dimension.empty()) totals[unit.period.text()] = figure.amount.text();
        }
    }
    return totals;
}

Result<std::vector<std::pair<Publication, std::vector<Figure>>>> WorkspaceRun::live_figures(
    std::string_view client, std::string_view metric) {
    MESHLINE_ASSIGN(const auto live,
                    control_->live_publications(ClientId(std::string(client)), metric));
    std::vector<std::pair<Publication, std::vector<Figure>>> all;
    for (const Publication& act : live) {
        MESHLINE_ASSIGN(const std::string bytes, control_->blob(act.result_digest));
        MESHLINE_ASSIGN(auto figures, decode_figures(bytes));
        all.emplace_back(act, std::move(figures));
    }
    return all;
}

Result<void> WorkspaceRun::show_matches(std::string_view client) {
    MESHLINE_ASSIGN(const std::string items,
                    match_items_sql(*warehouse_, ClientId(std::string(client))));
    return warehouse_->execute("create or replace temp view match_items as " + items);
}

std::string shared_data_folder() {
    const std::string folder = std::string(MESHLINE_SOURCE_DIR) + "/../shared/data";
    return std::filesystem::exists(folder) ? folder : "";
}

}  // namespace meshline
