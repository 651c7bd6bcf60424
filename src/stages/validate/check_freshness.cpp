#include "base/text/text.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/stream_doubts.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Result<void> doubt(const StageContext& context, const CheckDefinition& check, Finding& finding,
                   BusinessDate from, BusinessDate to) {
    const SourceDefinition* source = context.client.find(check.source);
    if (!source) return {};
    StreamDoubts doubts(context);
    if (!check.stream.empty()) return doubts.add(finding, source, check.stream, from, to);
    for (const std::string& stream : source->streams)
        MESHLINE_TRY(doubts.add(finding, source, stream, from, to));
    return {};
}

}  // namespace

Result<Checked> check_freshness(StageContext& context, const CheckDefinition& check) {
    constexpr std::int64_t micros_per_hour = 3'600'000'000;
    MESHLINE_ASSIGN(const Instant newest, latest_received_at(context));
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select epoch_us(max(received_at)) from event_counts where client_id = {}"
            " and record_count > 0 and source = {}{}",
            quote_literal(context.client.id.text()), quote_literal(check.source),
            check.stream.empty() ? "" : " and stream = " + quote_literal(check.stream))));
    const std::string stream =
        check.stream.empty() ? check.source : fmt::format("{}/{}", check.source, check.stream);
    const bool was_received = rows.rows[0][0].has_value();
    const Instant latest{was_received ? rows.integer(0, 0) : 0};
    const std::int64_t hours = (newest.micros - latest.micros) / micros_per_hour;
    Checked checked;
    CheckResult result = new_result(context, check, stream);
    result.is_passed = was_received && hours <= check.within_hours;
    result.failing_rows = result.is_passed ? 0 : 1;
    result.measured = was_received
                          ? fmt::format("last record {} hours before the latest of the client",
                                        with_thousands(hours))
                          : "no record was ever received";
    if (!result.is_passed) {
        Finding finding = new_finding(check, "freshness", stream);
        if (was_received) {
            // What came last may have been a part of its day, so that day is doubtful as well.
            const BusinessDate from = context.client.calendar.business_on(latest);
            const BusinessDate to = context.client.calendar.business_on(newest);
            result.from = finding.from = from;
            result.to = finding.to = to;
            MESHLINE_TRY(doubt(context, check, finding, from, to));
        }
        finding.title = fmt::format("{} is stale: {}, allowed are {} hours", stream,
                                    result.measured, with_thousands(check.within_hours));
        finding.fixes = {{check.fix.empty() ? "recapture_period" : check.fix,
                          "Capture what the source recorded since " +
                              (was_received ? latest.text() : "its start") + "."}};
        checked.findings.push_back(std::move(finding));
    }
    checked.results.push_back(std::move(result));
    return checked;
}

}  // namespace meshline
