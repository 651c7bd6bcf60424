#include "stages/publish/publish.hpp"

#include "core/metrics/metric_sql.hpp"
#include "stages/publish/client_days.hpp"
#include "stages/publish/entry_days.hpp"
#include "stages/publish/figure_sums.hpp"
#include "stages/publish/metric_publisher.hpp"
#include "stages/publish/restatements.hpp"
#include "stages/publish/trust.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// Where what was published last is of other definitions, its watermark goes before anything is
/// published of these: were they taken back, it would speak for figures that it does not know.
Result<void> forget_other_definitions(StageContext& context,
                                      const std::vector<DefinedMetric>& metrics,
                                      const Watermarks& watermarks) {
    std::vector<std::string> others;
    for (const DefinedMetric& defined : metrics) {
        const auto found = watermarks.find(publish_stage(*defined.metric));
        const bool is_other =
            found != watermarks.end() && found->second.definitions != defined.definitions;
        if (is_other) others.push_back(found->first);
    }
    if (others.empty()) return {};
    return context.warehouse.transact([&] { return forget_watermarks(context, others); });
}

/// Marks what this run has looked at. A run over a part of the calendar leaves all of it to the
/// next over all days, which alone can say that nothing was forgotten.
Result<void> move_on(StageContext& context, const std::vector<DefinedMetric>& metrics) {
    if (is_part(context)) return {};
    Watermarks watermarks;
    for (const DefinedMetric& defined : metrics) {
        watermarks[publish_stage(*defined.metric)] = {context.head.position, defined.definitions};
    }
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(write_watermarks(context, watermarks));
        return clear_touched_days(context);
    });
}

class Publish : public Stage {
  public:
    std::string_view name() const override { return "publish"; }

    Result<StageOutcome> run(StageContext& context) override {
        MESHLINE_ASSIGN(const Trust trust, Trust::read(context));
        MESHLINE_ASSIGN(const Watermarks watermarks, read_watermarks(context));
        MESHLINE_TRY(note_entry_days(context, watermarks));
        MESHLINE_ASSIGN(const ClientDays days, ClientDays::read(context));
        std::vector<MetricPublisher> publishers;
        std::vector<DefinedMetric> metrics;
        for (const MetricDefinition& metric : context.workspace.metrics) {
            publishers.emplace_back(context, metric, trust, days);
            metrics.push_back({&metric, publishers.back().definitions_digest().hex()});
        }
        TouchedDays touched(context);
        MESHLINE_TRY(sum_new_entries(context, metrics, watermarks, touched));
        MESHLINE_ASSIGN(auto changes, changed_figures(context));
        MESHLINE_ASSIGN(auto moved, moved_periods(context));
        std::vector<ControlStore::NewPublication> publications;
        std::int64_t computed = 0;
        for (MetricPublisher& publisher : publishers) {
            const std::string& name = publisher.metric().head.name;
            MESHLINE_TRY(
                publisher.collect(watermarks, touched, changes[name], moved[name], publications));
            MESHLINE_TRY(context.control.save_definitions(publisher.definitions()));
            computed += publisher.computed_days();
        }
        if (!publications.empty()) {
            MESHLINE_TRY(forget_other_definitions(context, metrics, watermarks));
            MESHLINE_TRY(context.control.publish(publications));
        }
        // The watermarks follow the publication: a crash between them computes the same days again
        // and finds nothing to say.
        MESHLINE_TRY(move_on(context, metrics));
        StageOutcome outcome;
        outcome.counts = {{"days_computed", computed},
                          {"publications", static_cast<std::int64_t>(publications.size())}};
        std::vector<MetricHistory> histories;
        for (const MetricPublisher& publisher : publishers)
            histories.emplace_back(&publisher.metric(), publisher.history());
        MESHLINE_ASSIGN(outcome.findings, find_restatements(context, histories));
        return outcome;
    }
};

}  // namespace

std::unique_ptr<Stage> make_publish() {
    return std::make_unique<Publish>();
}

namespace {

Error differs(const Publication& act) {
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "publish.differs",
        .message = fmt::format("{} of {} for {} version {} is not what the facts give", act.metric,
                               act.client.text(), period_text(act.grain, act.period), act.version),
        .hint =
            "Run meshline rebuild, then meshline verify; if it stays, the control store"
            " was changed from outside."};
}

/// Compares every live publication of one metric; returns how many there are.
Result<std::int64_t> recompute_metric(StageContext& context, const MetricDefinition& metric,
                                      Position upto) {
    MESHLINE_ASSIGN(const auto live,
                    context.control.live_publications(context.client.id, metric.head.name));
    MetricQuery query;
    query.client = context.client.id;
    query.upto = upto;
    MESHLINE_ASSIGN(FiguresByDay figures, compute_figures(context.warehouse, metric, query));
    FiguresByPeriod of_periods;
    if (!adds_up(metric)) {
        MESHLINE_ASSIGN(of_periods,
                        read_period_figures(context.warehouse, period_sums_sql(metric, query)));
    }
    std::int64_t compared = 0;
    for (const Publication& act : live) {
        if (act.state == PublicationState::held) continue;
        ++compared;
        if (act.grain != Grain::day) {
            const std::string bytes = encode_figures(of_periods[{act.grain, act.period}]);
            if (sha256(bytes) != act.result_digest) return differs(act);
            continue;
        }
        for (BusinessDate day = act.period; day <= act.through; ++day.days) {
            if (sha256(encode_figures(figures[day])) != act.result_digest) return differs(act);
        }
    }
    return compared;
}

}  // namespace

Result<std::int64_t> recompute_publications(StageContext& context) {
    MESHLINE_ASSIGN(const Watermarks watermarks, read_watermarks(context));
    const Position normalized = watermark_of(watermarks, "normalize").position;
    std::int64_t compared = 0;
    for (const MetricDefinition& metric : context.workspace.metrics) {
        const Digest definitions = sha256(
            encode_manifest(manifest_of(context.workspace, context.client, metric.head.name)));
        const Watermark watermark = watermark_of(watermarks, publish_stage(metric));
        // Facts that a later or unfinished run brought are not what was published.
        if (watermark.definitions != definitions.hex() || watermark.position != normalized)
            continue;
        MESHLINE_ASSIGN(const std::int64_t count,
                        recompute_metric(context, metric, watermark.position));
        compared += count;
    }
    return compared;
}

}  // namespace meshline
