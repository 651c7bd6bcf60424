#include "stages/normalize/findings.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/plausible_days.hpp"
#include "core/stage/stream_doubts.hpp"
#include "stages/normalize/capture_findings.hpp"
#include "stages/normalize/double_bookings.hpp"
#include "stages/normalize/drift.hpp"
#include "stages/normalize/equal_revisions.hpp"
#include "stages/normalize/healed_events.hpp"
#include "stages/normalize/listed_days.hpp"
#include "stages/normalize/merged_objects.hpp"
#include "stages/normalize/missing_columns.hpp"
#include "stages/normalize/rejected_fixes.hpp"
#include "stages/normalize/unknown_currencies.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

/// What tells of the days of the events in `undated`, those of plausible days: their own capture,
/// else the last one of the stream before it that brought days, else the first. Grain: stream and
/// time of receipt.
std::string captures_sql(const StageContext& context, BusinessDate earliest, BusinessDate latest) {
    return fmt::format(
        // One row per capture of a stream.
        " captured_days as ("
        "  select source, stream, received_at, min(business_on) as from_on,"
        "   max(business_on) as to_on from ("
        "    select source, stream, received_at, business_on from event_counts"
        "    where client_id = {0} and record_count > 0"
        "    union all"
        "    select source, stream, received_at, business_on from rejected_events"
        "    where client_id = {0} and business_on is not null)"
        "  semi join undated using (source, stream)"
        "  where business_on between date '{1}' and date '{2}'"
        "  group by source, stream, received_at),"
        " telling as ("
        "  select u.source, u.stream, u.received_at, coalesce(max(d.received_at)"
        "   filter (where d.received_at <= u.received_at), min(d.received_at)) as told_at"
        "  from undated u join captured_days d on d.source = u.source and d.stream = u.stream"
        "  group by all),"
        " captures as ("
        "  select t.source, t.stream, t.received_at, d.received_at = t.received_at as is_own,"
        "   if(is_own, d.from_on, least(d.from_on, t.received_at::date)) as from_on,"
        "   if(is_own, d.to_on, greatest(d.to_on, t.received_at::date)) as to_on"
        "  from telling t join captured_days d"
        "  on d.source = t.source and d.stream = t.stream and d.received_at = t.told_at),",
        quote_literal(context.client.id.text()), earliest.text(), latest.text());
}

/// Rejected events that none made up for (`healed`). Events that share a cause are one finding;
/// conflicts are one each. Grain: stream, kind and cause.
///
/// `spans` are the days that a rejected event may have changed, as texts "first last": the day it
/// says it is of; the plausible ones of all other days that its record names, for a transform may
/// book on any of them; those on which its object stands, for it may take their place; and where it
/// names a day that nobody can read, the first and last day of the capture it came with, of those
/// that are plausible; where that brought nothing else, from the first day of the stream's capture
/// before (else after) it to the day of receipt; and where there is none "@", the time of receipt.
std::string causes_sql(const StageContext& context, BusinessDate earliest, BusinessDate latest) {
    return fmt::format(
        "with standing as materialized ("
        "  select * from rejected_events where client_id = {0}"
        "   and position not in (from healed)),"
        " undated as (select distinct source, stream, received_at from standing"
        "  where business_on is null or has_unread_day),"
        // Days on which the objects stand as of now.
        " objects as ("
        "  select source, stream, object_id, business_on from entries where client_id = {0}"
        "   and (source, stream, object_id) in (select (source, stream, object_id) from standing)"
        "  group by all having sum(sign) > 0"
        "  union"
        "  select source, stream, object_id, business_on from touchpoints where client_id = {0}"
        "   and (source, stream, object_id) in (select (source, stream, object_id) from standing)"
        "   and position not in (select position from supersessions where client_id = {0})),"
        " named as ("
        "  select position, split_part(span, ' ', 1)::date as from_on,"
        "   split_part(span, ' ', 2)::date as to_on from ("
        "    select position, unnest(string_split(named_days, ',')) as span from standing"
        "    where named_days <> '')),"
        "{3}"
        " spans as ("
        "  select position, strftime(business_on, '%Y-%m-%d %Y-%m-%d') as span from standing"
        "  where business_on is not null"
        "  union"
        "  select s.position, strftime(o.business_on, '%Y-%m-%d %Y-%m-%d') from standing s"
        "  join objects o using (source, stream, object_id)"
        "  union"
        "  select position, strftime(greatest(from_on, date '{1}'), '%Y-%m-%d') || ' ' ||"
        "   strftime(least(to_on, date '{2}'), '%Y-%m-%d') from named"
        "  where from_on <= date '{2}' and to_on >= date '{1}'"
        "  union"
        "  select s.position, coalesce(strftime(c.from_on, '%Y-%m-%d') || ' ' ||"
        "   strftime(c.to_on, '%Y-%m-%d'), '@' || epoch_us(s.received_at))"
        "  from standing s left join captures c"
        "  using (source, stream, received_at)"
        "  where s.business_on is null or s.has_unread_day"
        "  union"
        "  select s.position, '@' || epoch_us(s.received_at) from standing s join captures c"
        "  using (source, stream, received_at)"
        "  where (s.business_on is null or s.has_unread_day) and not c.is_own),"
        " spans_of_event as (select position, list(span) as spans from spans group by position)"
        " select s.kind, s.source, s.stream, s.code, s.place,"
        "  case when s.kind = 'conflict' then s.event_id else '' end as subject,"
        "  count(*), min(s.message),"
        "  array_to_string(list(s.object_id order by s.position)[1:5], ', '),"
        "  array_to_string(list(s.position order by s.position)[1:5], ', '),"
        "  s.currency, sum(s.at_risk)::decimal(38, 6),"
        "  array_to_string(list_distinct(flatten(list(d.spans))), ',')"
        " from standing s join spans_of_event d on d.position = s.position"
        " group by all order by all",
        quote_literal(context.client.id.text()), earliest.text(), latest.text(),
        captures_sql(context, earliest, latest));
}

/// Reads the spans of causes_sql into single days, in order.
Result<std::vector<BusinessDate>> days_of(const StageContext& context, std::string_view spans) {
    std::vector<std::pair<BusinessDate, BusinessDate>> runs;
    for (const std::string_view span : split(spans, ',')) {
        if (span.starts_with('@')) {
            Instant received_at;
            std::from_chars(span.data() + 1, span.data() + span.size(), received_at.micros);
            const BusinessDate day = context.client.calendar.business_on(received_at);
            runs.emplace_back(day, day);
            continue;
        }
        const std::size_t gap = span.find(' ');
        MESHLINE_ASSIGN(const BusinessDate first, BusinessDate::parse(span.substr(0, gap)));
        MESHLINE_ASSIGN(const BusinessDate last, BusinessDate::parse(span.substr(gap + 1)));
        runs.emplace_back(first, last);
    }
    // Many events name the same days: each day is there once.
    std::ranges::sort(runs);
    std::vector<BusinessDate> days;
    for (auto [day, last] : runs) {
        if (!days.empty()) day = std::max(day, BusinessDate{days.back().days + 1});
        for (; day <= last; ++day.days)
            days.push_back(day);
    }
    return days;
}

std::string title_of(std::string_view kind, std::string_view stream, std::int64_t count,
                     std::string_view message, std::string_view place) {
    const std::string_view at = place.empty() ? "" : " at ";
    if (kind == "failed_event") {
        return fmt::format("{} event{} of {} broke the contract{}{}: {}", with_thousands(count),
                           count == 1 ? "" : "s", stream, at, place, message);
    }
    if (kind == "transform_failure") {
        return fmt::format("{} event{} of {} could not be transformed: {}", with_thousands(count),
                           count == 1 ? "" : "s", stream, message);
    }
    if (kind == "unknown_stream") {
        return fmt::format("{} event{}: {}", with_thousands(count), count == 1 ? "" : "s", message);
    }
    return fmt::format("{}: {}", stream, message);
}

bool is_like_currency(std::string_view word) {
    const auto currency = Currency::unlisted(word);
    return currency && currency->code() == word;
}

/// "shop/orders code place subject currency", without those that there are none of at its end. One
/// cause may be worth money in several currencies: each is a finding of its own, so where there is
/// none the last word must not look like one.
std::string key_of(const std::string& stream, const Rows& rows, std::size_t row) {
    const std::string_view code = rows.text(row, 3);
    const std::string_view place = rows.text(row, 4);
    const std::string_view subject = rows.text(row, 5);
    std::string key = !subject.empty() ? finding_key({stream, code, place, subject})
                      : !place.empty() ? finding_key({stream, code, place})
                                       : finding_key({stream, code});
    if (rows.rows[row][10]) return fmt::format("{} {}", key, rows.text(row, 10));
    const std::string_view last = subject.empty() ? place : subject;
    if (is_like_currency(last)) key.insert(key.size() - last.size(), "\\");
    return key;
}

/// The rejected events of one stream and cause, as causes_sql gives them.
struct Cause {
    std::string_view kind;
    std::string_view source;
    std::string_view stream;
    std::string_view place;
    std::vector<BusinessDate> days;
    std::optional<WideMoney> at_risk;
};

Result<Cause> read_cause(const StageContext& context, const Rows& rows, std::size_t row) {
    Cause cause{.kind = rows.text(row, 0),
                .source = rows.text(row, 1),
                .stream = rows.text(row, 2),
                .place = rows.text(row, 4)};
    MESHLINE_ASSIGN(cause.days, days_of(context, rows.text(row, 12)));
    if (rows.rows[row][11]) {
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 11), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 10)));
        cause.at_risk = WideMoney(amount, currency);
    }
    return cause;
}

Finding finding_of(const StageContext& context, const Cause& cause, const Rows& rows,
                   std::size_t row) {
    const SourceDefinition* source = context.client.find(cause.source);
    const std::string stream = fmt::format("{}/{}", cause.source, cause.stream);
    Finding finding;
    finding.type = cause.kind == "unknown_stream" ? "failed_event" : std::string(cause.kind);
    finding.key = key_of(stream, rows, row);
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = cause.kind == "conflict" ? Severity::medium : Severity::high;
    finding.title =
        title_of(cause.kind, stream, rows.integer(row, 6), rows.text(row, 7), cause.place);
    finding.evidence = {{"code", std::string(rows.text(row, 3))},
                        {"events", std::string(rows.text(row, 6))},
                        {"objects", std::string(rows.text(row, 8))},
                        {"positions", std::string(rows.text(row, 9))}};
    finding.at_risk = cause.at_risk;
    finding.fixes = rejected_fixes(
        {.kind = cause.kind, .code = rows.text(row, 3), .source = source, .stream = cause.stream});
    return finding;
}

}  // namespace

Result<std::vector<Finding>> normalize_findings(StageContext& context) {
    MESHLINE_ASSIGN(const BusinessDate today, as_of(context));
    MESHLINE_TRY(make_healed(context));
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(causes_sql(context, earliest_day(context.client, today),
                                                       last_plausible_day(today))));
    std::vector<Finding> findings;
    StreamDoubts doubts(context);
    UnknownCurrencies currencies;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const Cause cause, read_cause(context, rows, row));
        const SourceDefinition* source = context.client.find(cause.source);
        Finding finding = finding_of(context, cause, rows, row);
        set_span(finding, cause.days);
        // What the source does not list is left out on purpose.
        if (cause.kind != "unknown_stream")
            MESHLINE_TRY(doubts.add(finding, source, cause.stream, cause.days));
        if (cause.kind == "unknown_currency") {
            MESHLINE_TRY(currencies.add({std::string(cause.place),
                                         fmt::format("{}/{}", cause.source, cause.stream),
                                         rows.integer(row, 6), std::move(finding)}));
        } else {
            findings.push_back(std::move(finding));
        }
    }
    std::ranges::move(currencies.take(context.client), std::back_inserter(findings));
    MESHLINE_ASSIGN(auto doubled, double_bookings(context));
    std::ranges::move(doubled, std::back_inserter(findings));
    MESHLINE_ASSIGN(auto equal, equal_revisions(context, doubts));
    std::ranges::move(equal, std::back_inserter(findings));
    MESHLINE_ASSIGN(auto merged, merged_objects(context, doubts));
    std::ranges::move(merged, std::back_inserter(findings));
    MESHLINE_ASSIGN(auto lacking, missing_column_findings(context, doubts));
    std::ranges::move(lacking, std::back_inserter(findings));
    MESHLINE_ASSIGN(auto drifts, drift_findings(context));
    std::ranges::move(drifts, std::back_inserter(findings));
    MESHLINE_ASSIGN(auto captures, capture_findings(context, doubts));
    std::ranges::move(captures, std::back_inserter(findings));
    return findings;
}

}  // namespace meshline
