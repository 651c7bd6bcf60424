#include "shop.hpp"

#include "core/workspace/load_workspace.hpp"
#include "operate/demo/shop_template.hpp"
#include "orders.hpp"
#include "trouble.hpp"

#include <filesystem>

namespace meshline::bench {

Result<void> write_workspace(const std::string& folder, FileSystem& files) {
    for (const EmbeddedFile& file : shop_template()) {
        const std::string path = folder + "/" + std::string(file.path);
        MESHLINE_TRY(files.write_text(path, std::string(file.bytes)));
    }
    return {};
}

Result<std::unique_ptr<Shop>> Shop::open(const std::string& folder) {
    std::unique_ptr<Shop> shop(new Shop);
    MESHLINE_TRY(write_workspace(folder + "/workspace", shop->files_));
    LoadedWorkspace loaded = load_workspace(folder + "/workspace", shop->files_);
    if (!loaded.problems.empty()) return loaded.problems.front();
    shop->workspace_ = std::move(*loaded.workspace);
    const std::string data = folder + "/data";
    std::error_code failure;
    std::filesystem::create_directories(data, failure);
    if (failure) return trouble("cannot make \"" + data + "\": " + failure.message());
    MESHLINE_ASSIGN(shop->log_, SegmentLog::open(data + "/log"));
    MESHLINE_ASSIGN(shop->warehouse_, DuckdbWarehouse::open(data + "/warehouse.duckdb", {}));
    MESHLINE_ASSIGN(shop->control_, SqliteControl::open(data + "/control.sqlite"));
    return shop;
}

Result<CaptureReport> Shop::capture(FileSystem& files, const std::string& path) {
    const SourceDefinition& source = *client().find(shop_source);
    CaptureContext context{*log_, *control_, files, clock_, progress_};
    MESHLINE_ASSIGN(
        CaptureReport report,
        meshline::capture(context, {client(), source, *source.pack->find(shop_stream), {path}}));
    if (!report.file_errors.empty()) return report.file_errors.front();
    if (report.failed > 0) return trouble(report.problems.front().message);
    return report;
}

Result<void> Shop::append_unjudged(std::int64_t count) {
    constexpr std::int64_t batch_orders = 8192;
    const Orders orders(count);
    for (std::int64_t first = 0; first < count; first += batch_orders) {
        const std::int64_t end = std::min(first + batch_orders, count);
        std::vector<std::string> payloads(static_cast<std::size_t>(end - first));
        std::vector<std::string> ids(payloads.size());
        std::vector<EventDraft> drafts(payloads.size());
        for (std::size_t at = 0; at < payloads.size(); ++at) {
            const std::int64_t index = first + static_cast<std::int64_t>(at);
            orders.append(index, payloads[at]);
            ids[at] = orders.id_of(index);
            drafts[at] = {.source = shop_source,
                          .stream = shop_stream,
                          .event_id = ids[at],
                          .object_id = ids[at],
                          .occurred_at = clock_.now(),
                          .received_at = clock_.now(),
                          .has_revisions = true,
                          .payload = payloads[at]};
        }
        MESHLINE_TRY(log_->append(client().id, drafts));
    }
    return {};
}

Result<StageOutcome> Shop::run(Stage& stage) {
    MESHLINE_ASSIGN(const LogHead head, log_->head(client().id));
    return run_to(stage, head);
}

Result<StageOutcome> Shop::run_at(Stage& stage, Position position) {
    return run_to(stage, {position, sha256(std::to_string(position))});
}

Result<StageOutcome> Shop::run_to(Stage& stage, const LogHead& head) {
    const RunId run("run_" + std::to_string(++run_count_));
    MESHLINE_TRY(control_->begin_run({.id = run,
                                      .client = client().id,
                                      .started_at = clock_.now(),
                                      .finished_at = {},
                                      .outcome = "running",
                                      .log_position = head.position}));
    StageContext context{.workspace = workspace_,
                         .client = client(),
                         .log = *log_,
                         .warehouse = *warehouse_,
                         .transforms = transforms_,
                         .control = *control_,
                         .clock = clock_,
                         .progress = progress_,
                         .run = run,
                         .head = head,
                         .from = {},
                         .to = {}};
    return stage.run(context);
}

void Shop::close() {
    warehouse_.reset();
    control_.reset();
    log_.reset();
}

}  // namespace meshline::bench
