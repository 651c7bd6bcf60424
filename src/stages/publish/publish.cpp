#include "stages/publish/publish.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "stages/publish/decide.hpp"
#include "stages/publish/figure_sums.hpp"
#include "stages/publish/restatements.hpp"
#include "stages/publish/trust.hpp"
#include "stages/publish/zone_change.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

std::string stage_of(const MetricDefinition& metric) {
    return "publish " + metric.head.name;
}

/// The publications of one metric that a run brings.
class MetricPublisher {
  public:
    MetricPublisher(StageContext& context, const MetricDefinition& metric, const Trust& trust)
        : context_(context), metric_(metric), trust_(trust) {
        const auto manifest = manifest_of(context.workspace, context.client, metric.head.name);
        manifest_ = encode_manifest(manifest);
        for (const ManifestLine& line : manifest) {
            definitions_.push_back({line.digest, line.kind, line.name, line.bytes});
        }
        definitions_digest_ = sha256(manifest_);
    }

    Result<void> collect(const Watermarks& watermarks, TouchedDays& touched,
                         const ChangesByDay& changes,
                         std::vector<ControlStore::NewPublication>& out) {
        MESHLINE_TRY(read_history());
        const Watermark published = watermark_of(watermarks, stage_of(metric_));
        const Watermark summed = watermark_of(watermarks, figure_sums_stage(metric_));
        MESHLINE_ASSIGN(auto days, days_to_compute(published, touched));
        MESHLINE_ASSIGN(const bool is_other_zone,
                        is_published_by_other_zone_rules(published, summed));
        if (is_other_zone) {
            MESHLINE_ASSIGN(const auto moved, moved_days(context_, metric_));
            std::erase_if(
                days, [&](BusinessDate day) { return !moved.contains(day) && is_live_good(day); });
        }
        computed_days_ = static_cast<std::int64_t>(days.size());
        MESHLINE_ASSIGN(auto anew, touched.of_changes(metric_));
        // Live figures are those at the watermark only where both were moved on together.
        const bool is_change_enough = published.position == summed.position &&
                                      published.definitions == summed.definitions &&
                                      published.definitions == definitions_digest_.hex();
        for (const BusinessDate day : days) {
            if (!is_change_enough || !is_live_good(day)) anew.insert(day);
        }
        MESHLINE_ASSIGN(FiguresByDay figures, summed_figures(context_, metric_, anew));
        for (const BusinessDate day : days) {
            // A day whose entries were all reversed has no figures left, which is news too.
            if (anew.contains(day)) {
                MESHLINE_TRY(add(day, encode_figures(std::move(figures[day])), out));
            } else {
                MESHLINE_ASSIGN(auto changed, changed_from_live(day, changes));
                MESHLINE_TRY(add(day, std::move(changed), out));
            }
        }
        for (const auto& [day, live] : live_) {
            if (!days.contains(day)) MESHLINE_TRY(add(day, std::nullopt, out));
        }
        return {};
    }

    const MetricDefinition& metric() const { return metric_; }
    const std::vector<Publication>& history() const { return history_; }
    std::int64_t computed_days() const { return computed_days_; }
    const std::vector<StoredDefinition>& definitions() const { return definitions_; }
    const Digest& definitions_digest() const { return definitions_digest_; }

  private:
    Result<void> read_history() {
        MESHLINE_ASSIGN(history_, context_.control.publication_history(context_.client.id,
                                                                       metric_.head.name, {}));
        for (const Publication& act : history_) {
            live_[act.period] = act;
            if (act.state == PublicationState::verified ||
                act.state == PublicationState::restated) {
                first_verified_.emplace(act.period, act.version);
            }
        }
        return {};
    }

    /// What is live of the day is what its figures were at the last run; nothing counts as well.
    bool is_live_good(BusinessDate day) const {
        const auto found = live_.find(day);
        return found == live_.end() || found->second.state != PublicationState::held;
    }

    /// Whether what is live was published from the sums as they were, and nothing is defined
    /// otherwise since but the rules of time zones. They move few days of many.
    Result<bool> is_published_by_other_zone_rules(const Watermark& published,
                                                  const Watermark& summed) {
        const bool is_in_step =
            published.position == summed.position && published.definitions == summed.definitions;
        if (!is_in_step || published.definitions.empty() || live_.empty()) return false;
        MESHLINE_ASSIGN(const Digest digest, digest_from_hex(published.definitions));
        MESHLINE_ASSIGN(const auto before, context_.control.blob(digest));
        return before && differ_in_zone_rules_only(*before, manifest_);
    }

    Result<std::string> changed_from_live(BusinessDate day, const ChangesByDay& changes) {
        std::string figures;
        if (const auto live = live_.find(day); live != live_.end()) {
            MESHLINE_ASSIGN(auto bytes, context_.control.blob(live->second.result_digest));
            MESHLINE_CHECK(bytes.has_value());
            figures = std::move(*bytes);
        }
        const auto found = changes.find(day);
        if (found == changes.end()) return figures;
        return change_figures(figures, found->second);
    }

    Result<std::set<BusinessDate>> days_to_compute(const Watermark& watermark,
                                                   TouchedDays& touched) {
        // Without publications the watermark speaks of a control store that is gone.
        const bool is_known = watermark.definitions == definitions_digest_.hex() &&
                              watermark.position <= context_.head.position && !live_.empty();
        std::set<BusinessDate> days;
        if (is_known) {
            MESHLINE_ASSIGN(days, touched.of_entries(metric_, watermark.position));
            MESHLINE_ASSIGN(auto changed, touched.of_changes(metric_));
            days.merge(changed);
        } else {
            MESHLINE_ASSIGN(days, summed_days(context_, metric_));
        }
        std::erase_if(days, [&](BusinessDate day) { return !is_in_run(context_, day); });
        for (const auto& [day, live] : live_) {
            // What was held must be looked at again, and what has vanished is a change.
            if (live.state == PublicationState::held || !is_known) days.insert(day);
        }
        return days;
    }

    Result<void> add(BusinessDate day, const std::optional<std::string>& figures,
                     std::vector<ControlStore::NewPublication>& out) {
        const auto found = live_.find(day);
        const auto verified = first_verified_.find(day);
        std::optional<Publication> live;
        if (found != live_.end()) live = found->second;
        const bool has_nothing = !live && figures && figures->empty();
        if (has_nothing) return {};
        Trust::Judgement judgement = trust_.judge(metric_, day);
        const std::optional<int> verified_version =
            verified == first_verified_.end() ? std::nullopt : std::optional(verified->second);
        const auto next = decide(live, verified_version, figures, judgement);
        if (!next) return {};
        ControlStore::NewPublication added;
        if (next->has_new_figures) added.figures = *figures;
        if (!live && !next->has_new_figures) added.figures = "";
        added.definitions = manifest_;
        added.checks = trust_.checks();
        Publication& row = added.publication;
        row.client = context_.client.id;
        row.metric = metric_.head.name;
        row.period = day;
        row.version = next->version;
        row.state = next->state;
        row.reason = next->reason;
        row.log_position = context_.head.position;
        row.log_root = context_.head.root;
        row.definitions_digest = definitions_digest_;
        row.checks_digest = trust_.checks_digest();
        row.result_digest = added.figures ? sha256(*added.figures) : live->result_digest;
        row.published_at = context_.clock.now();
        row.run = context_.run;
        history_.push_back(row);
        out.push_back(std::move(added));
        return {};
    }

    StageContext& context_;
    const MetricDefinition& metric_;
    const Trust& trust_;
    std::string manifest_;
    std::vector<StoredDefinition> definitions_;
    Digest definitions_digest_;
    std::vector<Publication> history_;  ///< The acts of this run included.
    std::map<BusinessDate, Publication> live_;
    std::map<BusinessDate, int> first_verified_;
    std::int64_t computed_days_ = 0;
};

/// Marks what this run has looked at. A run over a part of the calendar leaves the rest to the
/// next.
Result<void> move_on(StageContext& context, const std::vector<DefinedMetric>& metrics) {
    if (!context.from && !context.to) {
        Watermarks watermarks;
        for (const DefinedMetric& defined : metrics) {
            watermarks[stage_of(*defined.metric)] = {context.head.position, defined.definitions};
        }
        MESHLINE_TRY(write_watermarks(context, watermarks));
    }
    return clear_touched_days(context);
}

class Publish : public Stage {
  public:
    std::string_view name() const override { return "publish"; }

    Result<StageOutcome> run(StageContext& context) override {
        MESHLINE_ASSIGN(const Trust trust, Trust::read(context));
        std::vector<MetricPublisher> publishers;
        std::vector<DefinedMetric> metrics;
        for (const MetricDefinition& metric : context.workspace.metrics) {
            publishers.emplace_back(context, metric, trust);
            metrics.push_back({&metric, publishers.back().definitions_digest().hex()});
        }
        MESHLINE_ASSIGN(const Watermarks watermarks, read_watermarks(context));
        TouchedDays touched(context);
        MESHLINE_TRY(sum_new_entries(context, metrics, watermarks, touched));
        MESHLINE_ASSIGN(auto changes, changed_figures(context));
        std::vector<ControlStore::NewPublication> publications;
        std::int64_t computed = 0;
        for (MetricPublisher& publisher : publishers) {
            MESHLINE_TRY(publisher.collect(watermarks, touched,
                                           changes[publisher.metric().head.name], publications));
            MESHLINE_TRY(context.control.save_definitions(publisher.definitions()));
            computed += publisher.computed_days();
        }
        if (!publications.empty()) MESHLINE_TRY(context.control.publish(publications));
        // The watermarks follow the publication: a crash between them computes the same days again
        // and finds nothing to say.
        MESHLINE_TRY(context.warehouse.transact([&] { return move_on(context, metrics); }));
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

Result<std::int64_t> recompute_publications(StageContext& context) {
    MESHLINE_ASSIGN(const Watermarks watermarks, read_watermarks(context));
    const Position normalized = watermark_of(watermarks, "normalize").position;
    std::int64_t compared = 0;
    for (const MetricDefinition& metric : context.workspace.metrics) {
        const Digest definitions = sha256(
            encode_manifest(manifest_of(context.workspace, context.client, metric.head.name)));
        const Watermark watermark = watermark_of(watermarks, stage_of(metric));
        // Facts that a later or unfinished run brought are not what was published.
        if (watermark.definitions != definitions.hex() || watermark.position != normalized)
            continue;
        MESHLINE_ASSIGN(const auto live,
                        context.control.live_publications(context.client.id, metric.head.name));
        MetricQuery query;
        query.client = context.client.id;
        query.upto = watermark.position;
        MESHLINE_ASSIGN(FiguresByDay figures, compute_figures(context.warehouse, metric, query));
        for (const Publication& act : live) {
            if (act.state == PublicationState::held) continue;
            ++compared;
            if (sha256(encode_figures(figures[act.period])) == act.result_digest) continue;
            return Error{
                .kind = ErrorKind::corrupt,
                .code = "publish.differs",
                .message = fmt::format("{} of {} on {} version {} is not what the facts give",
                                       metric.head.name, context.client.id.text(),
                                       act.period.text(), act.version),
                .hint =
                    "Run meshline rebuild, then meshline verify; if it stays, the control store"
                    " was changed from outside."};
        }
    }
    return compared;
}

}  // namespace meshline
