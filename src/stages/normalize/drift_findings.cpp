#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/normalize/drift.hpp"
#include "stages/normalize/missing_columns.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Fields and values that a finding names, those of the most events.
constexpr int named_max = 20;
/// Those that its title names as well, and how much of each.
constexpr std::size_t titled_max = 3;
constexpr std::size_t titled_bytes_max = 60;
/// Days that are counted one by one, the last ones.
constexpr int days_max = 7;

/// One row for each place that drifts. The first capture of a stream is the events of its first
/// time of receipt, that of an object below the root those of the first that had it; one row per
/// stream and per object, so the joins multiply nothing.
std::string places_sql(const StageContext& context) {
    return fmt::format(
        "with firsts as ("
        "  select source, stream, min(received_at) as first_at from ("
        "    select source, stream, received_at from event_counts where client_id = {0}"
        "     and event_count > 0"
        "    union all"
        "    select source, stream, received_at from rejected_events where client_id = {0})"
        "  group by source, stream),"
        " days as ("
        "  select source, stream, kind, place, received_on, sum(event_count) as events,"
        "   min(position) as position, arg_min(object_id, position) as object_id,"
        "   arg_min(found, position) as found, min(received_at) as first_at"
        "  from drift_counts d where client_id = {0} and not exists (from not_standing n"
        "   where n.client_id = d.client_id and n.position = d.position) group by all),"
        " places as ("
        "  select source, stream, kind, place, sum(events)::bigint as events,"
        "   min(position) as position, arg_min(object_id, position) as object_id,"
        "   arg_min(found, position) as found, min(first_at) as first_at, min(received_on) as "
        "from_on,"
        "   max(received_on) as to_on,"
        "   array_to_string(list_reverse((list(strftime(received_on, '%Y-%m-%d') || ': ' || events"
        "    order by received_on desc))[1:{1}]), ', ') as days"
        "  from days group by all)"
        " select p.source, p.stream, p.kind, p.place, p.events, p.position, p.object_id, p.found,"
        "  p.from_on, p.to_on, p.days"
        " from places p join firsts f on f.source = p.source and f.stream = p.stream"
        " left join places o on o.source = p.source and o.stream = p.stream and o.kind = 'object'"
        "  and o.place = regexp_replace(p.place, '/[^/]*$', '')"
        " where p.kind = 'value'"
        "  or (p.kind = 'field' and p.first_at > coalesce(o.first_at, f.first_at))"
        " order by p.source, p.stream, p.kind desc, p.events desc, p.place",
        quote_literal(context.client.id.text()), days_max);
}

struct StreamDrift {
    std::int64_t field_count = 0;
    std::int64_t value_count = 0;
    std::vector<std::string> fields;  ///< The first of them, as the title names them.
    std::vector<std::string> value_fields;
    Finding finding;
};

std::string title_of(const std::string& stream, const StreamDrift& drift) {
    const auto counted = [](std::int64_t count, std::string_view what,
                            const std::vector<std::string>& named) {
        const bool is_all = count == static_cast<std::int64_t>(named.size());
        return fmt::format("{} {}{} ({}{})", with_thousands(count), what, count == 1 ? "" : "s",
                           join(named, ", "), is_all ? "" : ", ...");
    };
    std::string what;
    if (drift.field_count > 0) what = counted(drift.field_count, "new field", drift.fields);
    if (drift.value_count > 0) {
        what += fmt::format("{}{} with values that it does not list", what.empty() ? "" : ", ",
                            counted(drift.value_count, "field", drift.value_fields));
    }
    return fmt::format("{} drifts from its contract: {}", stream, what);
}

Result<void> add_place(const Rows& rows, std::size_t row, StreamDrift& drift) {
    Finding& finding = drift.finding;
    const bool is_field = rows.text(row, 2) == "field";
    std::int64_t& count = is_field ? drift.field_count : drift.value_count;
    ++count;
    std::vector<std::string>& named = is_field ? drift.fields : drift.value_fields;
    if (named.size() < titled_max) named.push_back(shortened(rows.text(row, 3), titled_bytes_max));
    MESHLINE_ASSIGN(const BusinessDate from, BusinessDate::parse(rows.text(row, 8)));
    MESHLINE_ASSIGN(const BusinessDate to, BusinessDate::parse(rows.text(row, 9)));
    finding.from = std::min(finding.from.value_or(from), from);
    finding.to = std::max(finding.to.value_or(to), to);
    if (drift.field_count + drift.value_count > named_max) return {};
    finding.evidence.emplace_back(
        rows.text(row, 3),
        fmt::format("{}, {} event{} ({}), first {} at position {}", rows.text(row, 7),
                    rows.text(row, 4), rows.integer(row, 4) == 1 ? "" : "s", rows.text(row, 10),
                    rows.text(row, 6), rows.text(row, 5)));
    return {};
}

void complete(const StageContext& context, const std::string& source_name,
              const std::string& stream, StreamDrift& drift, bool lacks_column) {
    Finding& finding = drift.finding;
    const SourceDefinition* source = context.client.find(source_name);
    finding.type = "schema_drift";
    finding.key = finding_key({stream});
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = drift.value_count > 0 ? Severity::medium : Severity::low;
    finding.title = title_of(stream, drift);
    const std::int64_t left = drift.field_count + drift.value_count - named_max;
    if (left > 0) finding.evidence.emplace_back("others", fmt::format("{} more", left));
    if (drift.value_count > 0) {
        finding.fixes.emplace_back("extend_contract",
                                   "If the source has new values for good, list them in the"
                                   " contract: the next run takes the kept events up by itself.");
    }
    if (drift.field_count > 0 && lacks_column) {
        finding.fixes.emplace_back("correct_source",
                                   "Records of the stream lack a column or field: see their"
                                   " exception, missing_column or failed_event. Only where the new"
                                   " field is not that one under another name, name it in the"
                                   " contract.");
    } else if (drift.field_count > 0) {
        finding.fixes.emplace_back("extend_contract",
                                   "Name the new fields in the contract, with what they are or with"
                                   " true: the next run closes this.");
    }
}

}  // namespace

Result<std::vector<Finding>> drift_findings(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(places_sql(context)));
    MESHLINE_ASSIGN(const auto lacking, streams_that_lack_columns(context));
    std::vector<Finding> findings;
    for (std::size_t row = 0; row < rows.rows.size();) {
        const std::string source(rows.text(row, 0));
        const std::string stream = fmt::format("{}/{}", source, rows.text(row, 1));
        StreamDrift drift;
        for (; row < rows.rows.size() && rows.text(row, 0) == source &&
               stream.substr(source.size() + 1) == rows.text(row, 1);
             ++row) {
            MESHLINE_TRY(add_place(rows, row, drift));
        }
        complete(context, source, stream, drift, lacking.contains(stream));
        findings.push_back(std::move(drift.finding));
    }
    return findings;
}

}  // namespace meshline
