#include "stages/publish/publish.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "stages/publish/decide.hpp"
#include "stages/publish/restatements.hpp"
#include "stages/publish/touched.hpp"
#include "stages/publish/trust.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

struct Watermark {
    Position position = 0;
    std::string definitions;
};

std::string watermark_name(const MetricDefinition& metric) {
    return quote_literal("publish " + metric.head.name);
}

Result<Position> read_position(StageContext& context, const std::string& stage) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "select position from watermarks where client_id = {} and stage = {}",
                        quote_literal(context.client.id.text()), quote_literal(stage))));
    return rows.is_empty() ? Position{0} : static_cast<Position>(rows.integer(0, 0));
}

Result<Watermark> read_watermark(StageContext& context, const MetricDefinition& metric) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "select position, definitions_digest from watermarks"
                        " where client_id = {} and stage = {}",
                        quote_literal(context.client.id.text()), watermark_name(metric))));
    if (rows.is_empty()) return Watermark{};
    return Watermark{static_cast<Position>(rows.integer(0, 0)), std::string(rows.text(0, 1))};
}

Result<void> write_watermark(StageContext& context, const MetricDefinition& metric,
                             const std::string& definitions) {
    const std::string client = quote_literal(context.client.id.text());
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from watermarks where client_id = {} and stage = {}", client,
                        watermark_name(metric))));
        return context.warehouse.execute(
            fmt::format("insert into watermarks values ({}, {}, {}, {})", client,
                        watermark_name(metric), context.head.position, quote_literal(definitions)));
    });
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

    Result<void> collect(std::vector<ControlStore::NewPublication>& out) {
        MESHLINE_TRY(read_history());
        MESHLINE_ASSIGN(const auto days, days_to_compute());
        std::map<BusinessDate, std::vector<Figure>> figures;
        if (!days.empty()) {
            MetricQuery query;
            query.client = context_.client.id;
            query.upto = context_.head.position;
            query.days = days;
            MESHLINE_ASSIGN(figures, compute_figures(context_.warehouse, metric_, query));
        }
        for (const BusinessDate day : days) {
            // A day whose entries were all reversed has no figures left, which is news too.
            MESHLINE_TRY(add(day, encode_figures(figures[day]), out));
        }
        for (const auto& [day, live] : live_) {
            if (!days.contains(day)) MESHLINE_TRY(add(day, std::nullopt, out));
        }
        return {};
    }

    std::int64_t computed_days() const { return computed_days_; }
    const std::vector<StoredDefinition>& definitions() const { return definitions_; }
    const Digest& definitions_digest() const { return definitions_digest_; }

  private:
    Result<void> read_history() {
        MESHLINE_ASSIGN(const auto history, context_.control.publication_history(
                                                context_.client.id, metric_.head.name, {}));
        for (const Publication& act : history) {
            live_[act.period] = act;
            if (act.state == PublicationState::verified ||
                act.state == PublicationState::restated) {
                first_verified_.emplace(act.period, act.version);
            }
        }
        return {};
    }

    Result<std::set<BusinessDate>> days_to_compute() {
        MESHLINE_ASSIGN(const Watermark watermark, read_watermark(context_, metric_));
        // Without publications the watermark speaks of a control store that is gone.
        const bool is_known = watermark.definitions == definitions_digest_.hex() &&
                              watermark.position <= context_.head.position && !live_.empty();
        MESHLINE_ASSIGN(std::set<BusinessDate> days,
                        is_known ? touched_days(context_, metric_, watermark.position)
                                 : all_days(context_, metric_));
        for (const auto& [day, live] : live_) {
            // What was held must be looked at again, and what has vanished is a change.
            if (live.state == PublicationState::held || !is_known) days.insert(day);
        }
        computed_days_ = static_cast<std::int64_t>(days.size());
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
        if (next->has_new_figures) {
            added.figures = *figures;
        } else if (live) {
            MESHLINE_ASSIGN(const auto bytes, context_.control.blob(live->result_digest));
            MESHLINE_CHECK(bytes.has_value());
            added.figures = *bytes;
        }
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
        row.checks_digest = sha256(added.checks);
        row.result_digest = sha256(added.figures);
        row.published_at = context_.clock.now();
        row.run = context_.run;
        out.push_back(std::move(added));
        return {};
    }

    StageContext& context_;
    const MetricDefinition& metric_;
    const Trust& trust_;
    std::string manifest_;
    std::vector<StoredDefinition> definitions_;
    Digest definitions_digest_;
    std::map<BusinessDate, Publication> live_;
    std::map<BusinessDate, int> first_verified_;
    std::int64_t computed_days_ = 0;
};

class Publish : public Stage {
  public:
    std::string_view name() const override { return "publish"; }

    Result<StageOutcome> run(StageContext& context) override {
        MESHLINE_ASSIGN(const Trust trust, Trust::read(context));
        std::vector<ControlStore::NewPublication> publications;
        std::vector<std::pair<const MetricDefinition*, std::string>> done;
        std::int64_t computed = 0;
        for (const MetricDefinition& metric : context.workspace.metrics) {
            MetricPublisher publisher(context, metric, trust);
            MESHLINE_TRY(publisher.collect(publications));
            MESHLINE_TRY(context.control.save_definitions(publisher.definitions()));
            computed += publisher.computed_days();
            done.emplace_back(&metric, publisher.definitions_digest().hex());
        }
        if (!publications.empty()) MESHLINE_TRY(context.control.publish(publications));
        // The watermarks follow the publication: a crash between them computes the same days again
        // and finds nothing to say.
        if (!context.from && !context.to) {
            for (const auto& [metric, definitions] : done) {
                MESHLINE_TRY(write_watermark(context, *metric, definitions));
            }
        }
        MESHLINE_TRY(clear_touched_days(context));
        StageOutcome outcome;
        outcome.counts = {{"days_computed", computed},
                          {"publications", static_cast<std::int64_t>(publications.size())}};
        MESHLINE_ASSIGN(outcome.findings, find_restatements(context));
        return outcome;
    }
};

}  // namespace

std::unique_ptr<Stage> make_publish() {
    return std::make_unique<Publish>();
}

Result<std::int64_t> recompute_publications(StageContext& context) {
    MESHLINE_ASSIGN(const Position normalized, read_position(context, "normalize"));
    std::int64_t compared = 0;
    for (const MetricDefinition& metric : context.workspace.metrics) {
        const Digest definitions = sha256(
            encode_manifest(manifest_of(context.workspace, context.client, metric.head.name)));
        MESHLINE_ASSIGN(const Watermark watermark, read_watermark(context, metric));
        // Facts that a later or unfinished run brought are not what was published.
        if (watermark.definitions != definitions.hex() || watermark.position != normalized)
            continue;
        MESHLINE_ASSIGN(const auto live,
                        context.control.live_publications(context.client.id, metric.head.name));
        MetricQuery query;
        query.client = context.client.id;
        query.upto = watermark.position;
        MESHLINE_ASSIGN(auto figures, compute_figures(context.warehouse, metric, query));
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
