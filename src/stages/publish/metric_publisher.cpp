#include "stages/publish/metric_publisher.hpp"

#include "stages/publish/zone_change.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

constexpr const char* moved_reason = "moved: awaits a run without --from and --to";
constexpr const char* unpublished_reason =
    "not published yet: awaits a run without --from and --to";

const Digest& digest_of_nothing() {
    static const Digest digest = sha256("");
    return digest;
}

}  // namespace

MetricPublisher::MetricPublisher(StageContext& context, const MetricDefinition& metric,
                                 const Trust& trust, const ClientDays& days)
    : context_(context),
      metric_(metric),
      trust_(trust),
      days_(days),
      feeds_(days.feeds_of(metric)),
      checks_(trust.checks_of(metric)),
      checks_digest_(sha256(checks_)) {
    const auto manifest = manifest_of(context.workspace, context.client, metric.head.name);
    manifest_ = encode_manifest(manifest);
    for (const ManifestLine& line : manifest) {
        definitions_.push_back({line.digest, line.kind, line.name, line.bytes});
    }
    definitions_digest_ = sha256(manifest_);
}

Result<void> MetricPublisher::collect(const Watermarks& watermarks, TouchedDays& touched,
                                      const ChangesByDay& changes, const std::set<PeriodKey>& moved,
                                      std::vector<ControlStore::NewPublication>& out) {
    MESHLINE_TRY(read_history());
    MESHLINE_TRY(collect_days(watermarks, touched, changes, out));
    if (adds_up(metric_)) return {};
    std::set<PeriodKey> changed = moved;
    MESHLINE_ASSIGN(const auto days, touched.of_changes(metric_));
    for (const BusinessDate day : days) {
        for (const Grain grain : longer_grains)
            changed.insert({grain, period_start(grain, day)});
    }
    return collect_periods(changed, is_change_enough(watermarks), out);
}

Result<void> MetricPublisher::read_history() {
    MESHLINE_ASSIGN(
        history_, context_.control.publication_history(context_.client.id, metric_.head.name, {}));
    for (const Publication& act : history_) {
        const BusinessDate last = act.grain == Grain::day ? act.through : act.period;
        for (BusinessDate start = act.period; start <= last; ++start.days)
            units_[{act.grain, start}].add(act);
    }
    return {};
}

/// Live figures are those at the watermark only where both were moved on together.
bool MetricPublisher::is_change_enough(const Watermarks& watermarks) const {
    const Watermark published = watermark_of(watermarks, publish_stage(metric_));
    const Watermark summed = watermark_of(watermarks, figure_sums_stage(metric_));
    return published.position == summed.position && published.definitions == summed.definitions &&
           published.definitions == definitions_digest_.hex();
}

/// What is live of the unit is what its figures were at the last run; nothing counts as well.
bool MetricPublisher::is_live_good(const PeriodKey& unit) const {
    const auto found = units_.find(unit);
    return found == units_.end() || !found->second.is_held();
}

/// Whether what is live was published from the sums as they were, and nothing is defined otherwise
/// since but the rules of time zones. They move few days of many.
Result<bool> MetricPublisher::is_published_by_other_zone_rules(const Watermarks& watermarks) {
    const Watermark published = watermark_of(watermarks, publish_stage(metric_));
    const Watermark summed = watermark_of(watermarks, figure_sums_stage(metric_));
    const bool is_in_step =
        published.position == summed.position && published.definitions == summed.definitions;
    if (!is_in_step || published.definitions.empty() || units_.empty()) return false;
    MESHLINE_ASSIGN(const Digest digest, digest_from_hex(published.definitions));
    // Nothing was stored under definitions that brought no publication.
    MESHLINE_ASSIGN(const auto before, context_.control.find_blob(digest));
    return before && differ_in_zone_rules_only(*before, manifest_);
}

Result<std::string> MetricPublisher::changed_from_live(BusinessDate day,
                                                       const ChangesByDay& changes) {
    std::string figures;
    const auto unit = units_.find({Grain::day, day});
    if (unit != units_.end()) {
        MESHLINE_ASSIGN(figures, context_.control.blob(unit->second.live->result_digest));
    }
    const auto found = changes.find(day);
    if (found == changes.end()) return figures;
    return change_figures(figures, found->second);
}

Result<std::set<BusinessDate>> MetricPublisher::days_to_compute(const Watermark& watermark,
                                                                TouchedDays& touched) {
    // Without publications the watermark speaks of a control store that is gone.
    const bool is_known = watermark.definitions == definitions_digest_.hex() &&
                          watermark.position <= context_.head.position && !units_.empty();
    std::set<BusinessDate> days;
    if (is_known) {
        MESHLINE_ASSIGN(days, touched.of_entries(metric_, watermark.position));
        MESHLINE_ASSIGN(auto changed, touched.of_changes(metric_));
        days.merge(changed);
    } else {
        MESHLINE_ASSIGN(days, summed_days(context_, metric_));
    }
    for (const auto& [key, unit] : units_) {
        if (key.grain != Grain::day) continue;
        // What was held must be looked at again, and what has vanished is a change.
        const bool has_figures = unit.live->result_digest != digest_of_nothing();
        if (unit.is_held() || (!is_known && has_figures)) days.insert(key.start);
    }
    return days;
}

Result<void> MetricPublisher::collect_days(const Watermarks& watermarks, TouchedDays& touched,
                                           const ChangesByDay& changes,
                                           std::vector<ControlStore::NewPublication>& out) {
    MESHLINE_ASSIGN(auto days,
                    days_to_compute(watermark_of(watermarks, publish_stage(metric_)), touched));
    MESHLINE_ASSIGN(const bool is_other_zone, is_published_by_other_zone_rules(watermarks));
    if (is_other_zone) {
        MESHLINE_ASSIGN(const auto moved, moved_days(context_, metric_));
        std::erase_if(days, [&](BusinessDate day) {
            return !moved.contains(day) && is_live_good({Grain::day, day});
        });
    }
    computed_days_ = std::ranges::count_if(days, [&](BusinessDate day) {
        return is_in_run(context_, day) || !is_live_good({Grain::day, day});
    });
    MESHLINE_ASSIGN(auto anew, touched.of_changes(metric_));
    const bool is_enough = is_change_enough(watermarks);
    for (const BusinessDate day : days) {
        if (!is_enough || !is_live_good({Grain::day, day})) anew.insert(day);
    }
    MESHLINE_ASSIGN(FiguresByDay summed, summed_figures(context_, metric_, anew));

    // Every day that is in question: computed ones, published ones, and where a stream feeds the
    // metric all others from the client's first day to the log's today.
    std::map<BusinessDate, std::optional<std::string>> figures;
    for (const auto& [key, unit] : units_) {
        if (key.grain == Grain::day) figures[key.start] = std::nullopt;
    }
    if (!feeds_.empty() && days_.first()) {
        for (BusinessDate day = *days_.first(); day <= days_.today(); ++day.days) {
            if (!figures.contains(day)) figures[day] = "";
        }
    }
    for (const BusinessDate day : days) {
        if (anew.contains(day)) {
            figures[day] = encode_figures(std::move(summed[day]));
        } else {
            MESHLINE_ASSIGN(figures[day], changed_from_live(day, changes));
        }
    }

    // Adjacent days that come to nothing, and of which the same is to be said, are one act.
    std::optional<Act> pending;
    for (auto& [day, of_day] : figures) {
        MESHLINE_ASSIGN(std::optional<Act> act, act_on_day(day, std::move(of_day)));
        const bool continues = pending && act && pending->through.days + 1 == day.days &&
                               act->result_digest == digest_of_nothing() &&
                               pending->result_digest == digest_of_nothing() &&
                               act->next.version == pending->next.version &&
                               act->next.state == pending->next.state &&
                               act->next.reason == pending->next.reason;
        if (continues) {
            pending->through = day;
            if (act->figures) pending->figures = std::move(act->figures);
            continue;
        }
        if (pending) publish(Grain::day, std::move(*pending), out);
        pending = std::move(act);
    }
    if (pending) publish(Grain::day, std::move(*pending), out);
    return {};
}

Result<std::optional<MetricPublisher::Act>> MetricPublisher::act_on_day(
    BusinessDate day, std::optional<std::string> figures) {
    Unit& unit = units_[{Grain::day, day}];
    Trust::Judgement judgement = trust_.judge(metric_, day);
    const bool is_empty =
        figures ? figures->empty() : unit.live->result_digest == digest_of_nothing();
    // Without a stream that could bring any, before the client began and after the log's today,
    // nothing is said of a day that came to nothing.
    const bool is_no_day = is_empty && (feeds_.empty() || !days_.first() || day < *days_.first() ||
                                        days_.today() < day);
    if (!unit.live && is_no_day) {
        units_.erase({Grain::day, day});
        return std::optional<Act>();
    }
    const std::string open = is_no_day  ? std::string(Publication::no_day)
                             : is_empty ? days_.open_reason(feeds_, day)
                                        : std::string();
    if (!judgement.is_held && !open.empty()) {
        judgement.is_open = true;
        judgement.reason = open;
    }
    // Held days are looked at by every run.
    const bool is_for_run = is_in_run(context_, day) || unit.is_held();
    MESHLINE_ASSIGN(auto act, is_for_run ? act_on_unit(unit, std::move(figures), judgement)
                                         : act_outside(unit, figures, std::move(judgement)));
    if (act) act->from = act->through = day;
    return act;
}

/// Of a unit outside of the run's part of the calendar only the state can change. Figures that are
/// not those that are live, and first ones, are left to a run of all days, and the state says so.
Result<std::optional<MetricPublisher::Act>> MetricPublisher::act_outside(
    const Unit& unit, const std::optional<std::string>& figures, Trust::Judgement judgement) const {
    const bool has_figure = unit.live && unit.live->version > 0;
    const bool is_moved = has_figure && figures && sha256(*figures) != unit.live->result_digest;
    const bool awaits_run = has_figure && !judgement.is_held && (is_moved || judgement.is_open);
    if (awaits_run) {
        judgement.is_open = false;
        judgement.reason = moved_reason;
    } else if (!has_figure && !judgement.is_held && !judgement.is_open) {
        judgement.is_open = true;
        judgement.reason = unpublished_reason;
    }
    MESHLINE_ASSIGN(
        auto act,
        act_on_unit(unit, unit.live ? std::nullopt : std::optional(std::string()), judgement));
    if (act) act->keeps_prefix = is_moved || awaits_run;
    return act;
}

/// Figures that say what readers were last told are no news: they are what those were.
Result<PublicationState> MetricPublisher::state_if_trusted(
    const Unit& unit, const std::optional<std::string>& figures) const {
    if (!unit.trusted) return PublicationState::verified;
    const Digest digest = figures ? sha256(*figures) : unit.live->result_digest;
    if (digest == unit.trusted->result_digest) return unit.trusted->state;
    MESHLINE_ASSIGN(const std::string told, context_.control.blob(unit.trusted->result_digest));
    std::string now;
    if (figures) {
        now = *figures;
    } else {
        MESHLINE_ASSIGN(now, context_.control.blob(digest));
    }
    const bool is_money = metric_.aggregate == Aggregate::sum_amount;
    MESHLINE_ASSIGN(const bool is_other,
                    say_otherwise(told, now, is_money ? context_.client.currency.code() : ""));
    return is_other ? PublicationState::restated : unit.trusted->state;
}

Result<std::optional<MetricPublisher::Act>> MetricPublisher::act_on_unit(
    const Unit& unit, std::optional<std::string> figures, const Trust::Judgement& judgement) const {
    PublicationState state = PublicationState::verified;
    if (judgement.reason.empty()) {
        MESHLINE_ASSIGN(state, state_if_trusted(unit, figures));
    }
    const auto next = decide(unit, figures, judgement, state);
    if (!next) return std::optional<Act>();
    Act act{.next = *next};
    if (next->has_new_figures) act.figures = std::move(figures);
    if (!unit.live && !act.figures) act.figures = "";
    act.result_digest = act.figures ? sha256(*act.figures) : unit.live->result_digest;
    return std::optional(std::move(act));
}

void MetricPublisher::publish(Grain grain, Act act,
                              std::vector<ControlStore::NewPublication>& out) {
    ControlStore::NewPublication added;
    added.figures = std::move(act.figures);
    added.checks = checks_;
    Publication& row = added.publication;
    row.client = context_.client.id;
    row.metric = metric_.head.name;
    row.grain = grain;
    row.period = act.from;
    row.through = act.through;
    row.version = act.next.version;
    row.state = act.next.state;
    row.reason = std::move(act.next.reason);
    row.log_position = context_.head.position;
    row.log_root = context_.head.root;
    row.definitions_digest = definitions_digest_;
    if (act.keeps_prefix) {
        const Publication& live = *units_[{grain, act.from}].live;
        row.log_position = live.log_position;
        row.log_root = live.log_root;
        row.definitions_digest = live.definitions_digest;
    } else {
        added.definitions = manifest_;
    }
    row.checks_digest = checks_digest_;
    row.result_digest = act.result_digest;
    row.published_at = context_.clock.now();
    row.run = context_.run;
    const BusinessDate last = grain == Grain::day ? row.through : row.period;
    for (BusinessDate start = row.period; start <= last; ++start.days)
        units_[{grain, start}].add(row);
    history_.push_back(row);
    out.push_back(std::move(added));
}

Result<void> MetricPublisher::collect_periods(const std::set<PeriodKey>& changed, bool is_enough,
                                              std::vector<ControlStore::NewPublication>& out) {
    std::set<PeriodKey> periods;
    for (const auto& [key, unit] : units_) {
        if (key.grain != Grain::day) {
            periods.insert(key);
            continue;
        }
        for (const Grain grain : longer_grains)
            periods.insert({grain, period_start(grain, key.start)});
    }
    // Figures that did not move are those that are live; the others are read anew.
    std::set<PeriodKey> anew;
    for (const PeriodKey& period : periods) {
        const bool is_live = units_.contains(period) && is_live_good(period);
        if (!is_enough || !is_live || changed.contains(period)) anew.insert(period);
    }
    MESHLINE_ASSIGN(auto figures, summed_period_figures(context_, metric_, anew));
    for (const PeriodKey& period : periods) {
        std::optional<std::string> of_period;
        if (anew.contains(period)) of_period = encode_figures(std::move(figures[period]));
        // A run over a part of the calendar knows no longer period as a whole.
        MESHLINE_ASSIGN(auto act, is_part(context_)
                                      ? act_outside(units_[period], of_period, judge_period(period))
                                      : act_on_unit(units_[period], std::move(of_period),
                                                    judge_period(period)));
        if (!act) continue;
        act->from = period.start;
        act->through = period_end(period.grain, period.start);
        publish(period.grain, std::move(*act), out);
    }
    return {};
}

/// The state of a period is the least of its days', and one that has not ended is provisional.
Trust::Judgement MetricPublisher::judge_period(const PeriodKey& period) const {
    const BusinessDate end = period_end(period.grain, period.start);
    Trust::Judgement judgement;
    judgement.is_settled = end < days_.today();
    // Nobody knows what a period came to while that is so of each of its days.
    judgement.is_open = true;
    int doubtful = 0;
    std::string first;
    auto day = units_.lower_bound({Grain::day, period.start});
    for (; day != units_.end() && day->first.grain == Grain::day && day->first.start <= end;
         ++day) {
        const Publication& live = *day->second.live;
        if (live.says_nothing()) continue;
        if (live.state == PublicationState::held) {
            judgement.is_held = true;
            judgement.reason = fmt::format("{} is held: {}", day->first.start.text(), live.reason);
            return judgement;
        }
        if (live.version > 0) judgement.is_open = false;
        if (live.state != PublicationState::provisional) continue;
        if (doubtful++ == 0) first = fmt::format("{}: {}", day->first.start.text(), live.reason);
    }
    if (!judgement.is_settled) {
        judgement.reason = fmt::format("has not ended: through {}", days_.today().text());
    } else if (doubtful > 0) {
        judgement.reason = fmt::format("{} day{} provisional, the first {}", doubtful,
                                       doubtful == 1 ? " is" : "s are", first);
    }
    return judgement;
}

}  // namespace meshline
