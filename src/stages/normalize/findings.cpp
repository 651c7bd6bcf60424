#include "stages/normalize/findings.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Rejected events that no accepted event of the same object made up for later. Events that share
/// a cause are one finding; conflicts are one each. Grain: stream, kind and cause.
std::string causes_sql(const StageContext& context) {
    return fmt::format(
        "with accepted as ("
        "  select source, stream, object_id, max(position) as position from ("
        "    select source, stream, object_id, position from entries where client_id = {0}"
        "    union all by name"
        "    select source, stream, object_id, position from touchpoints where client_id = {0}"
        "    union all by name"
        "    select source, stream, object_id, position from records where client_id = {0}"
        "  ) where (source, stream, object_id) in"
        "    (select (source, stream, object_id) from rejected_events where client_id = {0})"
        "  group by source, stream, object_id),"
        " standing as ("
        "  select r.* from rejected_events r left join accepted a"
        "  on a.source = r.source and a.stream = r.stream and a.object_id = r.object_id"
        "    and a.position > r.position and r.kind <> 'conflict'"
        "  where r.client_id = {0} and a.position is null)"
        " select kind, source, stream, code, place,"
        "  case when kind = 'conflict' then event_id else '' end as subject,"
        "  count(*), min(message),"
        "  array_to_string(list(object_id order by position)[1:5], ', '),"
        "  array_to_string(list(position order by position)[1:5], ', '),"
        "  currency, sum(at_risk)::decimal(38, 6), min(business_on), max(business_on)"
        " from standing group by all order by all",
        quote_literal(context.client.id.text()));
}

/// The book that the stream's events would have gone to.
std::string book_of(const SourceDefinition* source, std::string_view stream_name) {
    const StreamDefinition* stream = source ? source->pack->find(stream_name) : nullptr;
    if (!stream) return "";
    for (const PackTransform& transform : stream->transforms) {
        if (transform.into == "entries") return std::string(name_of(transform.book));
    }
    return "";
}

std::string title_of(std::string_view kind, std::string_view stream, std::int64_t count,
                     std::string_view message, std::string_view place) {
    const std::string_view at = place.empty() ? "" : " at ";
    if (kind == "failed_event") {
        return fmt::format("{} event{} of {} broke the contract{}{}: {}", count,
                           count == 1 ? "" : "s", stream, at, place, message);
    }
    if (kind == "transform_failure") {
        return fmt::format("{} event{} of {} could not be transformed: {}", count,
                           count == 1 ? "" : "s", stream, message);
    }
    if (kind == "unknown_stream") {
        return fmt::format("{} event{}: {}", count, count == 1 ? "" : "s", message);
    }
    return fmt::format("{}: {}", stream, message);
}

std::vector<std::pair<std::string, std::string>> fixes_of(std::string_view kind,
                                                          std::string_view code) {
    if (code == "normalize.capture_again") {
        return {{"recapture_period", "Capture the file again: the contract takes the record now."}};
    }
    if (kind == "failed_event" && code.starts_with("json.")) {
        return {{"correct_source",
                 "The record is no JSON: have the source write it again and"
                 " capture it."}};
    }
    if (kind == "failed_event") {
        return {{"extend_contract",
                 "If the source changed its format for good, extend the contract:"
                 " the next run takes the kept events up by itself."},
                {"correct_source",
                 "If the record is wrong, correct it at the source and capture it"
                 " again."}};
    }
    if (kind == "transform_failure") {
        return {{"replay_events",
                 "Correct the transform: the next run takes the kept events up by"
                 " itself."}};
    }
    if (kind == "unknown_stream") {
        return {{"review", "Name the source and stream in the client's sources again."}};
    }
    return {{"review",
             "Two payloads claim one identity on a stream without revisions: decide which"
             " is right, or declare revisions in the pack."}};
}

}  // namespace

Result<std::vector<Finding>> normalize_findings(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(causes_sql(context)));
    std::vector<Finding> findings;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const std::string_view kind = rows.text(row, 0);
        const SourceDefinition* source = context.client.find(rows.text(row, 1));
        const std::string stream = fmt::format("{}/{}", rows.text(row, 1), rows.text(row, 2));
        Finding finding;
        finding.type = kind == "unknown_stream" ? "failed_event" : std::string(kind);
        finding.key = fmt::format("{} {} {} {}", stream, rows.text(row, 3), rows.text(row, 4),
                                  rows.text(row, 5));
        while (finding.key.ends_with(' '))
            finding.key.pop_back();
        finding.owner = source ? source->head.owner : context.client.head.owner;
        finding.severity = kind == "conflict" ? Severity::medium : Severity::high;
        finding.title =
            title_of(kind, stream, rows.integer(row, 6), rows.text(row, 7), rows.text(row, 4));
        finding.evidence = {{"code", std::string(rows.text(row, 3))},
                            {"events", std::string(rows.text(row, 6))},
                            {"objects", std::string(rows.text(row, 8))},
                            {"positions", std::string(rows.text(row, 9))}};
        finding.book = book_of(source, rows.text(row, 2));
        if (rows.rows[row][12]) {
            MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 12)));
            MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 13)));
        }
        // One cause may be worth money in several currencies: each is a finding of its own.
        if (rows.rows[row][11]) {
            MESHLINE_ASSIGN(const Decimal amount,
                            Decimal::parse(rows.text(row, 11), Rounding::exact));
            MESHLINE_ASSIGN(const Currency currency, Currency::from_code(rows.text(row, 10)));
            finding.at_risk = Money{amount, currency};
            finding.key += fmt::format(" {}", currency.code());
        }
        finding.fixes = fixes_of(kind, rows.text(row, 3));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
