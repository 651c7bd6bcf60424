#include "stages/normalize/merged_objects.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/normalize/listed_days.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Live entries of merged objects, and `select` from `doubled`, the relation of these. Ids are of
/// one stream: a contact and a deal may have the same. A semi join: no entry comes twice.
std::string doubled_sql(const StageContext& context, const char* select) {
    return fmt::format(
        "with gone as materialized ("
        "  select source, stream, object_id from records"
        "   where client_id = {0} and record_type = 'merged'"
        "   and position not in (select position from supersessions where client_id = {0})"
        "   and position not in (select position from not_standing where client_id = {0})),"
        " doubled as ("
        "  select e.* from entries e semi join gone using (source, stream, object_id)"
        "   where e.client_id = {0} and e.sign = 1"
        "   and e.position not in (select position from supersessions where client_id = {0})) {1}",
        quote_literal(context.client.id.text()), select);
}

constexpr const char* sums_of_doubled =
    "select source, stream, currency, count(distinct object_id),"
    " array_to_string((list(distinct object_id order by object_id))[1:5], ', '),"
    " array_to_string((list(distinct position order by position))[1:5], ', '),"
    " sum(abs(amount))::decimal(38, 6), array_to_string(list(distinct business_on), ' ')"
    " from doubled group by source, stream, currency order by all";

constexpr const char* claims_of_doubled =
    "select source || '/' || stream || ' ' || currency as claim_group, book, business_on,"
    " position, entry_type, line_no, amount from doubled";

Result<Finding> finding_of(const StageContext& context, StreamDoubts& doubts, const Rows& rows,
                           std::size_t row) {
    const SourceDefinition* source = context.client.find(rows.text(row, 0));
    const std::string stream = fmt::format("{}/{}", rows.text(row, 0), rows.text(row, 1));
    const std::int64_t count = rows.integer(row, 3);
    Finding finding;
    finding.type = "merged_objects";
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = Severity::high;
    finding.title =
        fmt::format("{} object{} of {} {} beside what {} merged into", with_thousands(count),
                    count == 1 ? "" : "s", stream, count == 1 ? "counts" : "count",
                    count == 1 ? "it was" : "they were");
    finding.evidence = {{"objects", std::string(rows.text(row, 4))},
                        {"positions", std::string(rows.text(row, 5))}};
    MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 2)));
    MESHLINE_ASSIGN(const WideDecimal amount,
                    WideDecimal::parse(rows.text(row, 6), Rounding::exact));
    finding.at_risk = WideMoney(amount, currency);
    finding.key = finding_key({stream, currency.code()});
    finding.fixes = {
        {"recapture_period",
         "Capture the merged objects again as the source has them now, archived ones"
         " too: an archived object books nothing."},
        {"review", fmt::format("If the source lists them no more, take their records back:"
                               " meshline retract {} POSITION...",
                               context.client.id.text())}};
    MESHLINE_ASSIGN(auto days, listed_days(rows.text(row, 7)));
    set_span(finding, days);
    MESHLINE_TRY(doubts.add(finding, source, rows.text(row, 1), std::move(days)));
    return finding;
}

}  // namespace

Result<std::vector<Finding>> merged_objects(StageContext& context, StreamDoubts& doubts) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(doubled_sql(context, sums_of_doubled)));
    std::vector<Finding> findings;
    if (rows.is_empty()) return findings;
    MESHLINE_ASSIGN(ClaimsByGroup claims,
                    claims_of_entries(context.warehouse, doubled_sql(context, claims_of_doubled)));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(context, doubts, rows, row));
        const std::string group =
            fmt::format("{}/{} {}", rows.text(row, 0), rows.text(row, 1), rows.text(row, 2));
        finding.claims = {fmt::format("merged objects of {}", group), std::move(claims[group])};
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
