#include "stages/normalize/equal_revisions.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/records/identify.hpp"
#include "stages/normalize/listed_days.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Grain: stream and currency. Contents that differ in nothing that was booked, told of touches or
/// recorded are no news.
std::string equals_sql(const StageContext& context) {
    return fmt::format(
        // Of equal contents all but one are superseded: most objects have a single one.
        "with revised as (select distinct source, stream, object_id from revisions"
        "  where client_id = {0} and position in"
        "   (select position from supersessions where client_id = {0})),"
        " standing as (select source, stream, object_id, position,"
        "   left(revision, length(revision) - {1}) as stated"
        "  from revisions semi join revised using (source, stream, object_id)"
        "  where client_id = {0} and length(revision) > {1}"
        "   and position not in (select position from not_standing where client_id = {0})),"
        " greatest as (select source, stream, object_id, max(stated) as stated from standing"
        "  group by source, stream, object_id),"
        " tied as materialized (select s.* from standing s"
        "  semi join greatest using (source, stream, object_id, stated)"
        "  qualify count(*) over (partition by source, stream, object_id) > 1),"
        // Grain: event and fact.
        " facts as ("
        "  select position, business_on, hash(*columns(* exclude (position))) as fact from entries"
        "   where client_id = {0} and sign = 1 and position in (select position from tied)"
        "  union all"
        "  select position, business_on, hash(*columns(* exclude (position))) from touchpoints"
        "   where client_id = {0} and position in (select position from tied)"
        "  union all"
        "  select position, null, hash(*columns(* exclude (position))) from records"
        "   where client_id = {0} and position in (select position from tied)),"
        " told as (select t.*, coalesce(sum(f.fact), 0) as facts from tied t"
        "  left join facts f using (position) group by all),"
        " unequal as (select source, stream, object_id from told"
        "  group by source, stream, object_id having count(distinct facts) > 1),"
        // Grain: object.
        " doubtful as (select source, stream, object_id, count(distinct t.position) as contents,"
        "   list(distinct t.position) as positions,"
        "   list(distinct f.business_on) filter (where f.business_on is not null) as days"
        "  from tied t semi join unequal using (source, stream, object_id)"
        "  left join facts f using (position) group by source, stream, object_id),"
        // Grain: content and currency, then object and currency. A content without entries in a
        // currency has nothing in it.
        " amounts as (select t.source, t.stream, t.object_id, e.currency, sum(e.amount) as amount"
        "  from tied t join entries e on e.client_id = {0} and e.sign = 1 and"
        "   e.position = t.position group by t.source, t.stream, t.object_id, t.position,"
        "   e.currency),"
        " differing as (select source, stream, object_id, currency,"
        "   if(count(*) < any_value(contents), greatest(max(amount), 0), max(amount))"
        "    - if(count(*) < any_value(contents), least(min(amount), 0), min(amount)) as differs"
        "  from amounts join doubtful using (source, stream, object_id)"
        "  group by source, stream, object_id, currency)"
        " select source, stream, currency, count(*),"
        "  array_to_string(list(object_id order by object_id)[1:5], ', '),"
        "  array_to_string(list_sort(list_distinct(flatten(list(positions))))[1:5], ', '),"
        "  sum(differs)::decimal(38, 6),"
        "  array_to_string(list_sort(list_distinct(flatten(list(days)))), ' ')"
        " from doubtful left join differing using (source, stream, object_id)"
        " group by source, stream, currency order by all",
        quote_literal(context.client.id.text()), revision_tie_size);
}

Result<Finding> finding_of(const StageContext& context, StreamDoubts& doubts, const Rows& rows,
                           std::size_t row) {
    const SourceDefinition* source = context.client.find(rows.text(row, 0));
    const std::string stream = fmt::format("{}/{}", rows.text(row, 0), rows.text(row, 1));
    const std::int64_t count = rows.integer(row, 3);
    Finding finding;
    finding.type = "equal_revisions";
    finding.key = finding_key({stream});
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = Severity::medium;
    finding.title = fmt::format(
        "{} object{} of {} came with one revision and different contents: the later in the log"
        " counts",
        with_thousands(count), count == 1 ? "" : "s", stream);
    finding.evidence = {{"objects", std::string(rows.text(row, 4))},
                        {"positions", std::string(rows.text(row, 5))}};
    if (rows.rows[row][2]) {
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 2)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 6), Rounding::exact));
        finding.at_risk = WideMoney(amount, currency);
        finding.key = finding_key({stream, currency.code()});
    }
    finding.fixes = {{"recapture_period",
                      "Capture these objects again from the source: a later revision settles it."},
                     {"review",
                      "If the source gives no later revision, take back the content that is not"
                      " so: meshline retract."}};
    MESHLINE_ASSIGN(auto days, listed_days(rows.text(row, 7)));
    set_span(finding, days);
    MESHLINE_TRY(doubts.add(finding, source, rows.text(row, 1), std::move(days)));
    return finding;
}

}  // namespace

Result<std::vector<Finding>> equal_revisions(StageContext& context, StreamDoubts& doubts) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(equals_sql(context)));
    std::vector<Finding> findings;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(context, doubts, rows, row));
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
