#include "base/json/json_pointer.hpp"
#include "base/json/json_writer.hpp"
#include "base/text/text.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/normalize/listed_days.hpp"
#include "stages/normalize/missing_columns.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <span>

namespace meshline {
namespace {

constexpr std::size_t candidates_shown_max = 5;

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

using CandidatesByColumn = std::map<std::string, std::vector<std::string>>;

/// Grain: column and name at the top that no contract names and that came first in a capture which
/// lacks the column. Whether it is the column under another name is for people to say.
Result<CandidatesByColumn> candidates_of(StageContext& context) {
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "with {1},"
            " captures as (select distinct source, stream, column_name, received_at from standing),"
            " firsts as ("
            "  select source, stream, place, min(received_at) as received_at from drift_counts d"
            "  where client_id = {0} and kind = 'field' and not exists (from not_standing n"
            "   where n.client_id = d.client_id and n.position = d.position) group by all)"
            // Each place is once in `firsts`: the join has one row per column and place.
            " select c.source || '/' || c.stream || ' ' || c.column_name, f.place"
            " from captures c join firsts f using (source, stream, received_at) order by all",
            quote_literal(context.client.id.text()), standing_cte(context))));
    CandidatesByColumn candidates;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const std::vector<std::string> steps = pointer_steps(rows.text(row, 1));
        if (steps.size() == 1) candidates[std::string(rows.text(row, 0))].push_back(steps.front());
    }
    return candidates;
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

/// A column that rows lack: the contract's field that is mapped to it, and the names it has had.
struct LackedColumn {
    std::string field;
    ColumnNames names;
};

/// By the first of its names.
LackedColumn lacked_column(const SourceDefinition* source, const std::string& stream,
                           const std::string& name) {
    if (source && source->read.contains(stream)) {
        for (const auto& [field, names] : source->read.at(stream).columns) {
            if (names.first() == name) return {field, names};
        }
    }
    return {"", name};
}

/// As it stands in a list of YAML.
std::string listed(const std::string& name) {
    const auto is_plain = [](unsigned char byte) {
        return std::isalpha(byte) != 0 || byte == '_' || byte == ' ' || byte >= 0x80;
    };
    // They mean different things to YAML readers.
    constexpr std::array<std::string_view, 9> words = {"yes", "no",   "on",    "off", "y",
                                                       "n",   "true", "false", "null"};
    const bool is_word = std::ranges::find(words, to_lower_ascii(name)) != words.end();
    if (std::ranges::all_of(name, is_plain) && trim(name) == name && !is_word) return name;
    std::string quoted;
    append_json_string(quoted, name);
    return quoted;
}

/// What to write where the column has another name now. Records of the old name are kept, so that
/// the name is added to those it had.
std::string renamed_fix(std::string_view source, const std::string& stream,
                        const LackedColumn& column, const std::vector<std::string>& candidates) {
    const std::string field = column.field.empty() ? "FIELD" : column.field;
    std::string names;
    for (const std::string& name : column.names)
        names += listed(name) + ", ";
    // One that is shown as its shape has another name.
    const bool is_one =
        candidates.size() == 1 && shape_of(candidates.front()) != candidates.front();
    const std::string what =
        is_one ? fmt::format("If \"{}\" is what the source calls {} now", candidates.front(), field)
               : "If the source calls the column otherwise now";
    return fmt::format(
        "{}, add the name that the file has to the list, columns: {{{}: {{{}:"
        " [{}{}]}}}} of the source \"{}\": added, not replaced, for records under"
        " the old name are kept. The next run takes the kept records up by itself.",
        what, stream, field, names, is_one ? listed(candidates.front()) : "NAME", source);
}

Result<Finding> finding_of(const StageContext& context, StreamDoubts& doubts, const Rows& rows,
                           std::size_t row, const CandidatesByColumn& all_candidates) {
    const SourceDefinition* source = context.client.find(rows.text(row, 0));
    const std::string stream_name(rows.text(row, 1));
    const std::string stream = fmt::format("{}/{}", rows.text(row, 0), stream_name);
    const std::string column(rows.text(row, 2));
    const LackedColumn lacked = lacked_column(source, stream_name, column);
    const std::string& field = lacked.field;
    const auto found = all_candidates.find(fmt::format("{} {}", stream, column));
    const auto candidates =
        found == all_candidates.end() ? std::vector<std::string>() : found->second;
    const std::int64_t records = rows.integer(row, 3);
    const std::int64_t captures = rows.integer(row, 4);
    Finding finding;
    finding.type = "missing_column";
    finding.key = fmt::format("{} {}", stream, quote_identifier(column));
    finding.owner = source ? source->head.owner : context.client.head.owner;
    finding.severity = Severity::high;
    finding.title =
        fmt::format("{} has no column {} in {} capture{}: {} record{} without {}", stream,
                    lacked.names.text(), captures, captures == 1 ? "" : "s",
                    with_thousands(records), records == 1 ? "" : "s", field.empty() ? "it" : field);
    finding.evidence = {{"column", column},
                        {"field", field},
                        {"records", std::to_string(records)},
                        {"objects", std::string(rows.text(row, 5))},
                        {"positions", std::string(rows.text(row, 6))},
                        {"received_at", std::string(rows.text(row, 7))}};
    if (!candidates.empty()) {
        const auto shown = std::min(candidates.size(), candidates_shown_max);
        std::string names = join(std::span(candidates).first(shown), ", ");
        if (shown < candidates.size()) names += ", ...";
        finding.evidence.emplace_back("candidates", std::move(names));
    }
    MESHLINE_ASSIGN(auto days, listed_days(rows.text(row, 8)));
    set_span(finding, days);
    MESHLINE_TRY(doubts.add(finding, source, stream_name, std::move(days)));
    // One column may be worth money in several currencies: each is a finding of its own.
    if (rows.rows[row][10]) {
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 10), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 9)));
        finding.at_risk = WideMoney(amount, currency);
        finding.key += fmt::format(" {}", currency.code());
    }
    finding.fixes = {
        {"correct_source", renamed_fix(rows.text(row, 0), stream_name, lacked, candidates)},
        {"recapture_period",
         "If the file was written without it, have it written again and capture it."}};
    return finding;
}

}  // namespace

Result<std::set<std::string>> streams_that_lack_columns(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "with {} select source || '/' || stream from standing union"
                        " select source || '/' || stream from rejected_events where"
                        " client_id = {} and code = 'contract.required'",
                        standing_cte(context), quote_literal(context.client.id.text()))));
    std::set<std::string> streams;
    for (std::size_t row = 0; row < rows.rows.size(); ++row)
        streams.emplace(rows.text(row, 0));
    return streams;
}

Result<std::vector<Finding>> missing_column_findings(StageContext& context, StreamDoubts& doubts) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(lacking_sql(context)));
    std::vector<Finding> findings;
    if (rows.is_empty()) return findings;
    MESHLINE_ASSIGN(ClaimsByGroup claims, claims_of_lacking(context));
    MESHLINE_ASSIGN(const CandidatesByColumn candidates, candidates_of(context));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(context, doubts, rows, row, candidates));
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
