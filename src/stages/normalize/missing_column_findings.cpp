#include "base/text/text.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/normalize/listed_days.hpp"
#include "stages/normalize/missing_columns.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Records that lack a column, but those that a later revision replaced or that became no facts.
std::string standing_cte(const StageContext& context) {
    return fmt::format(
        "standing as materialized ("
        "  select m.* from missing_columns m where m.client_id = {0}"
        "   and not exists (from supersessions s where s.client_id = m.client_id"
        "    and s.position = m.position)"
        "   and not exists (from rejected_events r where r.client_id = m.client_id"
        "    and r.position = m.position))",
        quote_literal(context.client.id.text()));
}

/// Grain: stream, column and currency of what the records came to; null where they have no entries.
std::string lacking_sql(const StageContext& context) {
    return fmt::format(
        "with {1},"
        " lacking as ("
        "  select source, stream, column_name, count(*) as records,"
        "   count(distinct received_at) as captures,"
        "   array_to_string(list(object_id order by position)[1:5], ', ') as objects,"
        "   array_to_string(list(position order by position)[1:5], ', ') as positions,"
        "   array_to_string(list_sort(list(distinct received_at))[1:5], ', ') as received,"
        "   array_to_string(list(distinct business_on), ' ') as days"
        "  from standing group by all),"
        // An event's entries are of its position: the join has one row per entry and column.
        " worth as ("
        "  select s.source, s.stream, s.column_name, e.currency,"
        "   sum(abs(e.amount::decimal(38, 6))) as amount"
        "  from standing s join entries e on e.position = s.position"
        "  where e.client_id = {0} and e.sign = 1 and e.amount <> 0 group by all)"
        " select source, stream, column_name, records, captures, objects, positions, received,"
        "  days, w.currency, w.amount::decimal(38, 6)"
        " from lacking left join worth w using (source, stream, column_name)"
        " order by source, stream, column_name, w.currency",
        quote_literal(context.client.id.text()), standing_cte(context));
}

std::string claim_group_of(std::string_view source, std::string_view stream,
                           std::string_view column, std::string_view currency) {
    return fmt::format("{}/{} {} {}", source, stream, currency, column);
}

Result<ClaimsByGroup> claims_of_lacking(StageContext& context) {
    return claims_of_entries(
        context.warehouse,
        fmt::format("with {} select s.source || '/' || s.stream || ' ' || e.currency || ' ' ||"
                    " s.column_name as claim_group, e.book, e.business_on, e.position,"
                    " e.entry_type, e.line_no, e.amount"
                    " from standing s join entries e on e.position = s.position"
                    " where e.client_id = {} and e.sign = 1",
                    standing_cte(context), quote_literal(context.client.id.text())));
}

/// The contract's field that the column is mapped to.
std::string field_of(const SourceDefinition* source, const std::string& stream,
                     const std::string& column) {
    if (!source || !source->read.contains(stream)) return "";
    for (const auto& [field, mapped] : source->read.at(stream).columns) {
        if (mapped == column) return field;
    }
    return "";
}

Result<Finding> finding_of(const StageContext& context, StreamDoubts& doubts, const Rows& rows,
                           std::size_t row) {
    const SourceDefinition* source = context.client.find(rows.text(row, 0));
    const std::string stream_name(rows.text(row, 1));
    const std::string stream = fmt::format("{}/{}", rows.text(row, 0), stream_name);
    const std::string column(rows.text(row, 2));
    const std::string field = field_of(source, stream_name, column);
    const std::int64_t records = rows.integer(row, 3);
    const std::int64_t captures = rows.integer(row, 4);
    Finding finding;
    finding.type = "missing_column";
    finding.key = fmt::format("{} {}", stream, quote_identifier(column));
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = Severity::high;
    finding.title =
        fmt::format("{} has no column \"{}\" in {} capture{}: {} record{} without {}", stream,
                    column, captures, captures == 1 ? "" : "s", with_thousands(records),
                    records == 1 ? "" : "s", field.empty() ? "it" : field);
    finding.evidence = {{"column", column},
                        {"field", field},
                        {"records", std::to_string(records)},
                        {"objects", std::string(rows.text(row, 5))},
                        {"positions", std::string(rows.text(row, 6))},
                        {"received_at", std::string(rows.text(row, 7))}};
    MESHLINE_ASSIGN(auto days, listed_days(rows.text(row, 8)));
    set_span(finding, days);
    MESHLINE_TRY(doubts.add(finding, source, stream_name, std::move(days)));
    // One column may be worth money in several currencies: each is a finding of its own.
    if (rows.rows[row][10]) {
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 10), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::from_code(rows.text(row, 9)));
        finding.at_risk = WideMoney(amount, currency);
        finding.key += fmt::format(" {}", currency.code());
    }
    finding.fixes = {
        {"correct_source",
         fmt::format("If the source names the column otherwise now, map {} to that name in"
                     " columns: of the source \"{}\": the next run takes the kept records up by"
                     " itself.",
                     field.empty() ? "the field" : field, rows.text(row, 0))},
        {"recapture_period",
         "If the file was written without it, have it written again and capture it."}};
    return finding;
}

}  // namespace

Result<std::vector<Finding>> missing_column_findings(StageContext& context, StreamDoubts& doubts) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(lacking_sql(context)));
    std::vector<Finding> findings;
    if (rows.is_empty()) return findings;
    MESHLINE_ASSIGN(ClaimsByGroup claims, claims_of_lacking(context));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(context, doubts, rows, row));
        const std::string currency(rows.rows[row][9].value_or(""));
        finding.claims = {fmt::format("missing columns of {}/{} {}", rows.text(row, 0),
                                      rows.text(row, 1), rows.text(row, 2)),
                          std::move(claims[claim_group_of(rows.text(row, 0), rows.text(row, 1),
                                                          rows.text(row, 2), currency)])};
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
