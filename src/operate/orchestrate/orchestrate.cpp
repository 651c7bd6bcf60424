#include "operate/orchestrate/orchestrate.hpp"

#include "core/model/finding_key.hpp"
#include "core/workspace/definitions.hpp"
#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/keep_unjudged.hpp"
#include "operate/orchestrate/register_contract.hpp"
#include "operate/orchestrate/silent_sources.hpp"
#include "operate/orchestrate/warehouse_origin.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// The number of runs tells apart two over one prefix at one moment of a slow clock.
Result<RunId> new_run_id(const StageContext& context) {
    MESHLINE_ASSIGN(const std::int64_t runs, context.control.run_count());
    return RunId(sha256(fmt::format("{}\n{}\n{}\n{}", context.client.id.text(),
                                    context.head.position, context.clock.now().micros, runs))
                     .brief());
}

Result<void> register_contracts(StageContext& context) {
    for (const SourceDefinition& source : context.client.sources) {
        for (const std::string& stream : source.streams) {
            MESHLINE_TRY(
                register_contract(context.control, *source.pack, *source.pack->find(stream)));
        }
    }
    return {};
}

/// What only the clock of the run can tell; after the stages, so that no figure can depend on it.
Result<void> watch_for_silence(StageContext& context, ClientReport& report) {
    MESHLINE_ASSIGN(const auto findings, find_silent_sources(context));
    MESHLINE_ASSIGN(const auto synced,
                    context.control.sync_findings(context.client.id, watch_stage, findings,
                                                  context.clock.now()));
    const bool is_news = synced.opened + synced.reopened + synced.closed > 0;
    if (!findings.empty() || is_news) {
        report.stages.push_back({std::string(watch_stage),
                                 {{"silent_sources", static_cast<std::int64_t>(findings.size())}},
                                 synced});
    }
    return {};
}

/// Figures commit to what definitions mean; whose they are when a figure is published stands before
/// it in the audit tree.
Result<void> note_texts(StageContext& context) {
    std::vector<ManifestLine> lines = text_manifest_of(context.workspace, context.client);
    const std::string manifest = encode_manifest(lines);
    std::vector<StoredDefinition> definitions;
    for (ManifestLine& line : lines) {
        definitions.push_back(
            {line.digest, std::move(line.kind), std::move(line.name), std::move(line.bytes)});
    }
    return context.control.note_texts({.client = context.client.id,
                                       .digest = sha256(manifest),
                                       .noted_at = context.clock.now(),
                                       .run = context.run},
                                      manifest, definitions);
}

/// A run goes on from what is there: the stores must be those of the last one.
Result<void> check_stores(StageContext& context, const RunStores& stores) {
    MESHLINE_TRY(check_log(context.control, context.log, context.client.id));
    MESHLINE_TRY(check_origin(stores, context.client.id));
    MESHLINE_TRY(context.control.know_log(context.client.id, context.head));
    return note_origin(context);
}

Result<void> run_stages(StageContext& context, const StageList& stages, ClientReport& report) {
    MESHLINE_TRY(keep_zone_rules(context.control, context.client));
    report.other_zone_rules = other_zone_rules(context.client);
    MESHLINE_TRY(register_contracts(context));
    MESHLINE_TRY(note_texts(context));
    for (const auto& stage : stages) {
        MESHLINE_ASSIGN(StageOutcome outcome, stage->run(context));
        MESHLINE_TRY(keep_unjudged(context, stage->name(), outcome.findings));
        const auto findings = merge_same_keys(std::move(outcome.findings));
        MESHLINE_ASSIGN(const auto synced,
                        context.control.sync_findings(context.client.id, stage->name(), findings,
                                                      context.clock.now()));
        report.stages.push_back({std::string(stage->name()), outcome.counts, synced});
    }
    MESHLINE_TRY(note_published(context));
    return watch_for_silence(context, report);
}

}  // namespace

Result<StageContext> make_context(const Workspace& workspace, const ClientDefinition& client,
                                  const RunStores& stores) {
    MESHLINE_ASSIGN(const LogHead head, stores.log.head(client.id));
    return StageContext{.workspace = workspace,
                        .client = client,
                        .log = stores.log,
                        .warehouse = stores.warehouse,
                        .transforms = stores.transforms,
                        .control = stores.control,
                        .clock = stores.clock,
                        .progress = stores.progress,
                        .run = {},
                        .head = head,
                        .from = {},
                        .to = {}};
}

Result<std::vector<ClientReport>> run_clients(const Workspace& workspace, const StageList& stages,
                                              const RunStores& stores, const RunRequest& request) {
    std::vector<ClientReport> reports;
    for (const ClientDefinition* client : request.clients) {
        ClientReport& report = reports.emplace_back();
        report.client = client->id;
        auto context = make_context(workspace, *client, stores);
        if (!context.ok()) {
            report.error = std::move(context).error();
            continue;
        }
        context->from = request.from;
        context->to = request.to;
        MESHLINE_ASSIGN(context->run, new_run_id(*context));
        report.run = context->run;
        report.position = context->head.position;
        MESHLINE_TRY(stores.control.begin_run({.id = context->run,
                                               .client = client->id,
                                               .started_at = stores.clock.now(),
                                               .finished_at = {},
                                               .outcome = "running",
                                               .log_position = context->head.position}));
        auto done = check_stores(*context, stores);
        if (done.ok()) done = run_stages(*context, stages, report);
        if (!done.ok()) report.error = std::move(done).error();
        MESHLINE_TRY(stores.control.finish_run(context->run, stores.clock.now(),
                                               report.error ? report.error->code : "done"));
    }
    return reports;
}

}  // namespace meshline
