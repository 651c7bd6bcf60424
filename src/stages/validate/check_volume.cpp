#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/stage/as_of.hpp"
#include "stages/validate/check.hpp"
#include "stages/validate/volume.hpp"

#include <fmt/format.h>
#include <map>
#include <set>

namespace meshline {
namespace {

/// What is measured per day, with days without any as zero. Money is that of the client's currency.
Result<std::map<BusinessDate, std::int64_t>> measure(StageContext& context,
                                                     const CheckDefinition& check) {
    std::map<BusinessDate, std::int64_t> values;
    if (check.measure == "events") {
        MESHLINE_ASSIGN(
            const Rows rows,
            context.warehouse.query(fmt::format(
                "select business_on, sum(event_count)::bigint from event_counts where client_id = "
                "{}"
                " and source = {} and stream = {} group by business_on order by business_on",
                quote_literal(context.client.id.text()), quote_literal(check.source),
                quote_literal(check.stream))));
        for (std::size_t row = 0; row < rows.rows.size(); ++row) {
            MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
            values[day] = rows.integer(row, 1);
        }
        return values;
    }
    const MetricDefinition* metric = context.workspace.find_metric(check.measure);
    MESHLINE_CHECK(metric != nullptr);
    MetricQuery query;
    query.client = context.client.id;
    query.upto = context.head.position;
    query.has_dimensions = false;
    MESHLINE_ASSIGN(const auto figures, compute_figures(context.warehouse, *metric, query));
    for (const auto& [day, of_day] : figures) {
        for (const Figure& figure : of_day) {
            if (figure.currency.empty() || figure.currency == context.client.currency.code()) {
                values[day] = figure.amount.micros();
            }
        }
    }
    return values;
}

/// The client's streams that tell of the book: what is absent on a day is absent of these.
std::string streams_of(const ClientDefinition& client, Book book) {
    std::set<std::string> streams;
    for (const SourceDefinition& source : client.sources) {
        for (const std::string& name : source.streams) {
            const StreamDefinition* stream = source.pack->find(name);
            for (const PackTransform& transform : stream->transforms) {
                if (transform.into == "entries" && transform.book == book)
                    streams.insert(fmt::format("{}/{}", source.head.name, name));
            }
        }
    }
    return join(std::vector<std::string>(streams.begin(), streams.end()), ", ");
}

std::string shown(const CheckDefinition& check, std::int64_t value) {
    if (check.measure == "events") return std::to_string(value);
    const auto amount = Decimal::from_micros(value);
    return amount.ok() ? amount->rounded(2, Rounding::half_even)->text() : std::to_string(value);
}

}  // namespace

Result<Checked> check_volume(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(auto values, measure(context, check));
    MESHLINE_ASSIGN(const BusinessDate today, as_of(context));
    std::vector<DayValue> days;
    // The day that the log has come to is not over yet.
    if (!values.empty()) {
        for (BusinessDate day = values.begin()->first; day < today; ++day.days) {
            days.push_back({day, values.contains(day) ? values[day] : 0});
        }
    }
    const VolumeOptions options{check.window_days, check.history_days_min, check.threshold_milli};
    Checked checked;
    for (const VolumeAnomaly& anomaly : find_volume_anomalies(days, options)) {
        const std::string day = anomaly.observed.day.text();
        CheckResult result = new_result(context, check, day);
        result.is_passed = false;
        result.failing_rows = 1;
        result.from = result.to = anomaly.observed.day;
        result.measured = fmt::format("{}, expected {} to {}", shown(check, anomaly.observed.value),
                                      shown(check, std::max<std::int64_t>(anomaly.low, 0)),
                                      shown(check, anomaly.high));
        const std::string what = check.measure == "events"
                                     ? fmt::format("{}/{}", check.source, check.stream)
                                     : check.measure;
        Finding finding =
            new_finding(check, "volume_anomaly", fmt::format("{} {}", check.head.name, day));
        finding.from = finding.to = anomaly.observed.day;
        finding.title = fmt::format("{} on {}: {}", what, day, result.measured);
        finding.evidence.emplace_back("day", day);
        finding.evidence.emplace_back("expected", shown(check, anomaly.expected));
        if (check.measure != "events") {
            const MetricDefinition* metric = context.workspace.find_metric(check.measure);
            add_doubt(finding, metric->book, anomaly.observed.day, anomaly.observed.day);
            if (metric->aggregate == Aggregate::sum_amount) {
                MESHLINE_ASSIGN(
                    const Decimal difference,
                    Decimal::from_micros(std::abs(anomaly.observed.value - anomaly.expected)));
                finding.at_risk = Money{difference, context.client.currency};
                finding.claims = {
                    check.head.name,
                    {{ClaimKind::estimate, std::string(name_of(metric->book)), anomaly.observed.day,
                      streams_of(context.client, metric->book), difference}}};
            }
        }
        finding.fixes = {{check.fix.empty() ? "recapture_period" : check.fix,
                          fmt::format("Capture {} again from the source; if the day was really so,"
                                      " accept it.",
                                      day)}};
        checked.findings.push_back(std::move(finding));
        checked.results.push_back(std::move(result));
    }
    if (checked.results.empty()) {
        CheckResult result = new_result(context, check, "all");
        result.measured = fmt::format("{} days within their range", days.size());
        checked.results.push_back(std::move(result));
    }
    return checked;
}

}  // namespace meshline
