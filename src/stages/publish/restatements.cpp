#include "stages/publish/restatements.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/stage/as_of.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// A version that followed a verified one.
struct Restatement {
    const MetricDefinition* metric = nullptr;
    Publication before;
    Publication after;
    Decimal old_value;
    Decimal new_value;
};

/// The total in the client's currency, or of the count.
Result<Decimal> total_of(StageContext& context, const Publication& publication) {
    MESHLINE_ASSIGN(const auto bytes, context.control.blob(publication.result_digest));
    MESHLINE_CHECK(bytes.has_value());
    MESHLINE_ASSIGN(const auto figures, decode_figures(*bytes));
    for (const Figure& figure : figures) {
        const bool is_reporting =
            figure.currency.empty() || figure.currency == context.client.currency.code();
        if (figure.dimension.empty() && is_reporting) return figure.amount;
    }
    return Decimal();
}

Result<void> add_restatements(StageContext& context, const MetricDefinition& metric, Instant since,
                              std::map<BusinessDate, std::vector<Restatement>>& by_day) {
    MESHLINE_ASSIGN(const auto history,
                    context.control.publication_history(context.client.id, metric.head.name, {}));
    std::map<BusinessDate, Publication> verified;
    for (const Publication& act : history) {
        const auto before = verified.find(act.period);
        if (before != verified.end() && act.version > before->second.version) {
            if (act.published_at >= since) {
                Restatement restatement{&metric, before->second, act, {}, {}};
                MESHLINE_ASSIGN(restatement.old_value, total_of(context, before->second));
                MESHLINE_ASSIGN(restatement.new_value, total_of(context, act));
                // Parts may move between members while the total stands; that is no news here.
                if (restatement.old_value != restatement.new_value) {
                    by_day[act.period].push_back(std::move(restatement));
                }
            }
            verified.erase(before);
        }
        if (act.state == PublicationState::verified || act.state == PublicationState::restated) {
            verified[act.period] = act;
        }
    }
    return {};
}

Result<std::string> events_behind(StageContext& context, BusinessDate day,
                                  const Restatement& restatement) {
    constexpr int events_shown_max = 20;
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select distinct source, stream, object_id, position from entries where client_id = {}"
            " and book = {} and entry_type in ({}) and business_on = date '{}' and position > {}"
            " and position <= {} order by position limit {}",
            quote_literal(context.client.id.text()),
            quote_literal(name_of(restatement.metric->book)),
            literal_list(restatement.metric->entries), day.text(), restatement.before.log_position,
            restatement.after.log_position, events_shown_max)));
    std::string events;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        if (!events.empty()) events += ", ";
        events += fmt::format("{}/{} {} at position {}", rows.text(row, 0), rows.text(row, 1),
                              rows.text(row, 2), rows.text(row, 3));
    }
    return events.empty() ? std::string("credits or definitions changed") : events;
}

std::string shown(const Restatement& restatement, const Decimal& value, const Currency& currency) {
    if (restatement.metric->aggregate == Aggregate::sum_amount)
        return Money{value, currency}.text();
    return value.text();
}

}  // namespace

Result<std::vector<Finding>> find_restatements(StageContext& context) {
    constexpr std::int64_t micros_per_day = 86'400'000'000;
    MESHLINE_ASSIGN(const Instant latest, latest_received_at(context));
    const Instant since{latest.micros - restatement_shown_days * micros_per_day};
    std::map<BusinessDate, std::vector<Restatement>> by_day;
    for (const MetricDefinition& metric : context.workspace.metrics) {
        MESHLINE_TRY(add_restatements(context, metric, since, by_day));
    }
    std::vector<Finding> findings;
    for (const auto& [day, restatements] : by_day) {
        Finding finding;
        finding.type = "restatement";
        finding.key = day.text();
        finding.severity = Severity::low;
        finding.owner = restatements.front().metric->head.owner;
        finding.from = finding.to = day;
        Decimal largest;
        for (const Restatement& one : restatements) {
            MESHLINE_ASSIGN(Decimal difference, one.new_value.minus(one.old_value));
            if (difference < Decimal()) difference = difference.negated();
            const std::string change =
                fmt::format("{} -> {}", shown(one, one.old_value, context.client.currency),
                            shown(one, one.new_value, context.client.currency));
            finding.evidence.emplace_back(one.metric->head.name, change);
            if (one.metric->aggregate == Aggregate::sum_amount && difference > largest) {
                largest = difference;
                finding.owner = one.metric->head.owner;
                finding.book = name_of(one.metric->book);
                finding.title = fmt::format("{} was restated: {} {}", day.text(),
                                            one.metric->head.name, change);
                MESHLINE_ASSIGN(const std::string events, events_behind(context, day, one));
                finding.evidence.emplace_back("events", events);
            }
        }
        if (finding.title.empty()) finding.title = fmt::format("{} was restated", day.text());
        finding.at_risk = Money{largest, context.client.currency};
        finding.fixes = {
            {"review", "Tell the readers of the earlier version; it stays available."}};
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
