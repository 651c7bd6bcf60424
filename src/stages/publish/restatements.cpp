#include "stages/publish/restatements.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/client_captures.hpp"
#include "stages/publish/zone_change.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// A day whose figure is another than the one that was verified.
struct Restatement {
    const MetricDefinition* metric = nullptr;
    BusinessDate day;
    Publication before;
    Publication after;
    WideDecimal old_value;
    WideDecimal new_value;
};

/// Totals of a metric's publications in the client's currency, or of the count. Each is read once:
/// a version is what one restatement ends with and the next begins with.
class Totals {
  public:
    Totals(StageContext& context, const MetricDefinition& metric)
        : control_(context.control),
          currency_(metric.aggregate == Aggregate::sum_amount ? context.client.currency.code()
                                                              : "") {}

    Result<WideDecimal> of(const Publication& publication) {
        const auto found = totals_.find(publication.result_digest);
        if (found != totals_.end()) return found->second;
        MESHLINE_ASSIGN(const auto bytes, control_.blob(publication.result_digest));
        MESHLINE_ASSIGN(const auto total, total_of_figures(bytes, currency_));
        return totals_.emplace(publication.result_digest, total.value_or(WideDecimal()))
            .first->second;
    }

  private:
    ControlStore& control_;
    const std::string currency_;
    std::map<Digest, WideDecimal> totals_;
};

/// What a day was verified as before it was restated within the time shown, and what it is now.
struct DayHistory {
    const Publication* verified = nullptr;  ///< Last verified before the first restatement shown.
    const Publication* live = nullptr;
    bool is_restated = false;
};

Result<void> add_restatements(StageContext& context, const MetricDefinition& metric,
                              const std::vector<Publication>& history, Instant since,
                              std::map<BusinessDate, std::vector<Restatement>>& by_day) {
    std::map<BusinessDate, DayHistory> days;
    for (const Publication& act : history) {
        if (act.grain != Grain::day) continue;
        for (BusinessDate day = act.period; day <= act.through; ++day.days) {
            DayHistory& of_day = days[day];
            const bool is_later = of_day.verified && act.version != of_day.verified->version;
            if (is_later && act.published_at >= since) of_day.is_restated = true;
            // A held act keeps the figures of the version before it.
            of_day.live = &act;
            const bool is_good =
                act.state == PublicationState::verified || act.state == PublicationState::restated;
            if (is_good && !of_day.is_restated) of_day.verified = &act;
        }
    }
    Totals totals(context, metric);
    for (const auto& [day, of_day] : days) {
        if (!of_day.is_restated) continue;
        Restatement restatement{&metric, day, *of_day.verified, *of_day.live, {}, {}};
        MESHLINE_ASSIGN(restatement.old_value, totals.of(*of_day.verified));
        MESHLINE_ASSIGN(restatement.new_value, totals.of(*of_day.live));
        // Parts may move between members while the total stands, and a figure may have gone back
        // to what it was: that is no news here.
        if (restatement.old_value == restatement.new_value) continue;
        by_day[day].push_back(std::move(restatement));
    }
    return {};
}

/// What acts did at their positions: "taken back by retraction 3f2a...: a file of another shop".
Result<std::map<Position, std::string>> acts_by_position(StageContext& context) {
    std::map<Position, std::string> acts;
    MESHLINE_ASSIGN(const auto events,
                    reserved_events(context.log, context.control, context.client.id, context.head));
    for (const ReservedEvent& event : events) {
        if (is_retraction(event)) {
            MESHLINE_ASSIGN(const Retraction retraction, decode_retraction(event));
            acts[event.position] =
                fmt::format("by retraction {}: {}", retraction.id, retraction.reason);
        } else if (is_closing(event)) {
            MESHLINE_ASSIGN(const CaptureClosed closed, decode_closed(event));
            acts[event.position] = closed.coverage
                                       ? fmt::format("by what capture {} covers", closed.id)
                                       : std::string("found again by a capture");
        }
    }
    return acts;
}

/// The events between the two versions of each day, as text by day. One query for a metric: its
/// days have position ranges of their own, and late events are few.
Result<std::map<BusinessDate, std::string>> events_behind(
    StageContext& context, const MetricDefinition& metric,
    const std::vector<const Restatement*>& restatements) {
    constexpr int events_shown_max = 20;
    std::map<BusinessDate, std::string> events;
    std::string ranges;
    Position first = context.head.position;
    for (const Restatement* one : restatements) {
        if (!ranges.empty()) ranges += ", ";
        ranges += fmt::format("(date '{}', {}, {})", one->day.text(), one->before.log_position,
                              one->after.log_position);
        first = std::min(first, one->before.log_position);
    }
    if (ranges.empty()) return events;
    MESHLINE_ASSIGN(const auto acts, acts_by_position(context));
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "with behind as (select distinct e.business_on, e.source, e.stream, e.object_id,"
            " e.position from entries e join (values {}) r(day, after_position, upto)"
            " on e.business_on = r.day where e.client_id = {} and e.book = {}"
            " and e.entry_type in ({}) and e.position > {}"
            " and e.position > r.after_position and e.position <= r.upto)"
            " select * from behind qualify row_number() over (partition by business_on"
            " order by position) <= {} order by business_on, position",
            ranges, quote_literal(context.client.id.text()), quote_literal(name_of(metric.book)),
            literal_list(metric.entries), first, events_shown_max)));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        std::string& text = events[day];
        if (!text.empty()) text += ", ";
        text += fmt::format("{}/{} {} at position {}", rows.text(row, 1), rows.text(row, 2),
                            rows.text(row, 3), rows.text(row, 4));
        const auto act = acts.find(static_cast<Position>(rows.integer(row, 4)));
        if (act != acts.end()) text += fmt::format(" ({})", act->second);
    }
    return events;
}

/// The value that a version gave.
std::string shown(const Restatement& restatement, const Publication& version,
                  const WideDecimal& value, const Currency& currency) {
    if (version.version == 0) return "no value";
    if (restatement.metric->aggregate == Aggregate::sum_amount)
        return WideMoney(value, currency).text();
    return value.text();
}

std::string before_of(const Restatement& one, const Currency& currency) {
    return shown(one, one.before, one.old_value, currency);
}

std::string after_of(const Restatement& one, const Currency& currency) {
    return shown(one, one.after, one.new_value, currency);
}

std::string change_text(const std::string& before, const std::string& after) {
    return fmt::format("{} -> {}", before, after);
}

}  // namespace

Result<std::vector<Finding>> find_restatements(StageContext& context,
                                               const std::vector<MetricHistory>& histories) {
    constexpr std::int64_t micros_per_day = 86'400'000'000;
    MESHLINE_ASSIGN(const Instant latest, latest_received_at(context));
    const Currency& currency = context.client.currency;
    const Instant since{latest.micros - restatement_shown_days * micros_per_day};
    std::map<BusinessDate, std::vector<Restatement>> by_day;
    for (const auto& [metric, history] : histories) {
        MESHLINE_TRY(add_restatements(context, *metric, history, since, by_day));
    }
    std::map<const MetricDefinition*, std::vector<const Restatement*>> by_metric;
    std::vector<Finding> findings;
    std::vector<const Restatement*> largest_of_day;
    for (const auto& [day, restatements] : by_day) {
        Finding& finding = findings.emplace_back();
        finding.type = "restatement";
        finding.key = day.text();
        finding.severity = Severity::low;
        finding.from = finding.to = day;
        finding.fixes = {
            {"review", "Tell the readers of the earlier version; it stays available."}};
        const Restatement* largest = &restatements.front();
        WideDecimal at_risk;
        for (const Restatement& one : restatements) {
            MESHLINE_ASSIGN(const WideDecimal change, one.new_value.minus(one.old_value));
            const WideDecimal difference = change.magnitude();
            finding.evidence.emplace_back(
                one.metric->head.name,
                change_text(before_of(one, currency), after_of(one, currency)));
            if (one.metric->aggregate == Aggregate::sum_amount && difference > at_risk) {
                at_risk = difference;
                largest = &one;
            }
        }
        finding.owner = largest->metric->head.owner;
        finding.title =
            fmt::format("{} was restated: {} {}", day.text(), largest->metric->head.name,
                        change_text(with_thousands(before_of(*largest, currency)),
                                    with_thousands(after_of(*largest, currency))));
        finding.at_risk = WideMoney(at_risk, currency);
        finding.claims = {
            "restatements",
            {{ClaimKind::rest, std::string(name_of(largest->metric->book)), day, "", at_risk}}};
        by_metric[largest->metric].push_back(largest);
        largest_of_day.push_back(largest);
    }
    std::map<const MetricDefinition*, std::map<BusinessDate, std::string>> events;
    for (const auto& [metric, restatements] : by_metric) {
        MESHLINE_ASSIGN(events[metric], events_behind(context, *metric, restatements));
    }
    ZoneCauses zone_causes(context);
    for (std::size_t index = 0; index < findings.size(); ++index) {
        const Restatement& largest = *largest_of_day[index];
        const std::string& behind = events[largest.metric][*findings[index].from];
        MESHLINE_ASSIGN(const std::string zones,
                        zone_causes.between(largest.before, largest.after, *findings[index].from,
                                            !behind.empty()));
        const char* otherwise =
            zones.empty() ? "credits or definitions changed" : "none: the zone rules changed";
        findings[index].evidence.emplace_back("events", behind.empty() ? otherwise : behind);
        if (!zones.empty()) findings[index].evidence.emplace_back("zone_rules", zones);
    }
    return findings;
}

}  // namespace meshline
