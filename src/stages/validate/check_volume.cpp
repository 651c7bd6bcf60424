#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/plausible_days.hpp"
#include "core/stage/stream_doubts.hpp"
#include "core/workspace/stream_books.hpp"
#include "stages/validate/check.hpp"
#include "stages/validate/volume.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace meshline {
namespace {

/// What is measured per day, with days without any as zero. Money is that of the client's currency.
Result<std::map<BusinessDate, __int128>> measure(StageContext& context,
                                                 const CheckDefinition& check) {
    std::map<BusinessDate, __int128> values;
    if (check.measure == "events") {
        MESHLINE_ASSIGN(
            const Rows rows,
            context.warehouse.query(fmt::format(
                "select business_on, sum(event_count)::bigint from event_counts"
                " where client_id = {} and source = {} and stream = {} group by business_on"
                " having sum(event_count) > 0 order by business_on",
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

std::string shown(const CheckDefinition& check, __int128 value) {
    if (check.measure == "events") return fmt::format("{}", value);
    // Bounds may lie beyond what a sum can hold; they are no amounts.
    const auto amount = WideDecimal::from_micros(value);
    const auto rounded = amount.ok() ? amount->rounded(2, Rounding::half_even) : amount;
    return rounded.ok() ? rounded->text() : fmt::format("{}", value / WideDecimal::scale);
}

/// What is measured, in words: "shop/orders" or "net_sales".
std::string measured_name(const CheckDefinition& check) {
    return check.measure == "events" ? fmt::format("{}/{}", check.source, check.stream)
                                     : check.measure;
}

std::set<Book> books_of(const StageContext& context, const CheckDefinition& check) {
    if (check.measure != "events") return {context.workspace.find_metric(check.measure)->book};
    const SourceDefinition* source = context.client.find(check.source);
    return source ? stream_books(*source, check.stream) : std::set<Book>();
}

/// Anomalies with one cause: a silence of several days is one, whatever days without business lie
/// in it; every other day is a cause of its own.
std::vector<std::vector<VolumeAnomaly>> causes_of(const std::vector<VolumeAnomaly>& anomalies,
                                                  const std::map<BusinessDate, __int128>& values) {
    std::vector<std::vector<VolumeAnomaly>> causes;
    for (const VolumeAnomaly& anomaly : anomalies) {
        const bool continues_silence = [&] {
            if (causes.empty() || anomaly.observed.value != 0) return false;
            const DayValue& before = causes.back().back().observed;
            if (before.value != 0) return false;
            // Nothing came between the two.
            auto between = values.upper_bound(before.day);
            while (between != values.end() && between->first < anomaly.observed.day) {
                if (between->second != 0) return false;
                ++between;
            }
            return true;
        }();
        if (continues_silence) {
            causes.back().push_back(anomaly);
        } else {
            causes.push_back({anomaly});
        }
    }
    return causes;
}

std::string shown_to_people(const CheckDefinition& check, __int128 value) {
    return with_thousands(shown(check, value));
}

/// "0, expected 30 to 60", or of a silence "nothing on 12 days, expected 30 to 60 each".
std::string measured_text(const CheckDefinition& check, const std::vector<VolumeAnomaly>& cause) {
    const VolumeAnomaly& first = cause.front();
    const std::string range =
        fmt::format("{} to {}", shown_to_people(check, std::max<__int128>(first.low, 0)),
                    shown_to_people(check, first.high));
    if (cause.size() == 1) {
        return fmt::format("{}, expected {}", shown_to_people(check, first.observed.value), range);
    }
    return fmt::format("nothing on {} days, expected {} each", cause.size(), range);
}

Result<Finding> finding_of(const StageContext& context, const CheckDefinition& check,
                           const std::vector<VolumeAnomaly>& cause, const std::string& measured) {
    const BusinessDate from = cause.front().observed.day;
    const BusinessDate to = cause.back().observed.day;
    Finding finding =
        new_finding(check, "volume_anomaly", finding_key({check.head.name, from.text()}));
    finding.from = from;
    finding.to = to;
    const std::string when = from == to ? fmt::format("on {}", from.text())
                                        : fmt::format("from {} to {}", from.text(), to.text());
    finding.title = fmt::format("{} {}: {}", measured_name(check), when, measured);
    finding.evidence.emplace_back(from == to ? "day" : "days",
                                  from == to ? from.text() : from.text() + "/" + to.text());
    finding.evidence.emplace_back("expected", shown(check, cause.front().expected));
    std::vector<BusinessDate> days;
    WideDecimal missing;
    std::vector<Claim> estimates;
    for (const VolumeAnomaly& anomaly : cause) {
        days.push_back(anomaly.observed.day);
        MESHLINE_ASSIGN(const WideDecimal difference,
                        WideDecimal::from_micros(anomaly.observed.value - anomaly.expected));
        MESHLINE_ASSIGN(missing, missing.plus(difference.magnitude()));
        for (const Book book : books_of(context, check)) {
            estimates.push_back({ClaimKind::estimate, std::string(name_of(book)),
                                 anomaly.observed.day, streams_of(context.client, book),
                                 difference.magnitude()});
        }
    }
    const MetricDefinition* metric = context.workspace.find_metric(check.measure);
    if (metric) {
        add_doubts(finding, metric->book, std::move(days));
    } else {
        MESHLINE_TRY(StreamDoubts(context).add(finding, context.client.find(check.source),
                                               check.stream, std::move(days)));
    }
    if (metric && metric->aggregate == Aggregate::sum_amount) {
        finding.at_risk = WideMoney(missing, context.client.currency);
        finding.claims = {check.head.name, std::move(estimates)};
    }
    finding.fixes = {{check.fix.empty() ? "recapture_period" : check.fix,
                      fmt::format("Capture {} again from the source; if it was really so, list days"
                                  " without business under \"closed\" of the client.",
                                  from == to ? from.text() : "the days")}};
    return finding;
}

}  // namespace

Result<Checked> check_volume(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(auto values, measure(context, check));
    MESHLINE_ASSIGN(const BusinessDate today, as_of(context));
    std::vector<DayValue> days;
    // The day that the log has come to is not over yet, and a closed day is never judged.
    if (!values.empty()) {
        const BusinessDate earliest = earliest_day(context.client, today);
        for (BusinessDate day = std::max(values.begin()->first, earliest); day < today;
             ++day.days) {
            if (context.client.closed.contains(day)) continue;
            days.push_back({day, values.contains(day) ? values[day] : 0});
        }
    }
    const VolumeOptions options{check.window_days, check.history_days_min, check.threshold_milli};
    Checked checked;
    for (const auto& cause : causes_of(find_volume_anomalies(days, options), values)) {
        CheckResult result = new_result(context, check, cause.front().observed.day.text());
        result.is_passed = false;
        result.failing_rows = static_cast<std::int64_t>(cause.size());
        result.from = cause.front().observed.day;
        result.to = cause.back().observed.day;
        result.measured = measured_text(check, cause);
        MESHLINE_ASSIGN(Finding finding, finding_of(context, check, cause, result.measured));
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
