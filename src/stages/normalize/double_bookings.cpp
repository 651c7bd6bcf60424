#include "stages/normalize/double_bookings.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/normalize/listed_days.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

/// "source/stream" of every stream that events came from.
Result<std::set<std::string>> streams_with_events(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select distinct source || '/' || stream from event_counts"
                                         " where client_id = {} and event_count > 0",
                                         quote_literal(context.client.id.text()))));
    std::set<std::string> streams;
    for (std::size_t row = 0; row < rows.rows.size(); ++row)
        streams.emplace(rows.text(row, 0));
    return streams;
}

std::string live_sql(const StageContext& context, const SourceDefinition& source,
                     std::string_view stream) {
    return fmt::format(
        "select * from entries where client_id = {0} and source = {1} and stream = {2}"
        " and sign = 1"
        " and position not in (select position from supersessions where client_id = {0})",
        quote_literal(context.client.id.text()), quote_literal(source.head.name),
        quote_literal(stream));
}

/// Entries of `stream` whose money `other` tells of as well, and `select` from `doubled`, the
/// relation of these. Semi joins: no row comes twice.
std::string doubled_sql(const StageContext& context, const SourceDefinition& source,
                        std::string_view stream, std::string_view other, const char* select) {
    return fmt::format(
        "with told as materialized ({}), others as materialized ({}),"
        " doubled as ("
        "  select t.* from told t where"
        "   (t.book, t.entry_type, t.order_ref) in (select (book, entry_type, order_ref)"
        "    from others where order_ref is not null)"
        "   or (t.book, t.entry_type, t.payment_ref) in (select (book, entry_type, payment_ref)"
        "    from others where payment_ref is not null)) {}",
        live_sql(context, source, stream), live_sql(context, source, other), select);
}

constexpr const char* sums_of_doubled =
    "select book, currency, count(*), sum(abs(amount))::decimal(38, 6),"
    " array_to_string(list(distinct business_on), ' '),"
    " array_to_string((list(distinct object_id order by object_id))[1:5], ', ')"
    " from doubled group by book, currency order by book, currency";

constexpr const char* claims_of_doubled =
    "select book || ' ' || currency as claim_group, book, business_on, position, entry_type,"
    " line_no, amount from doubled";

/// What the entries of each book and currency claim.
Result<ClaimsByGroup> claims_of(StageContext& context, const SourceDefinition& source,
                                std::string_view stream, std::string_view other) {
    return claims_of_entries(context.warehouse,
                             doubled_sql(context, source, stream, other, claims_of_doubled));
}

Result<Finding> finding_of(const SourceDefinition& source, const std::string& stream,
                           const std::string& other, const Rows& rows, std::size_t row) {
    Finding finding;
    finding.type = "double_booking";
    finding.key = finding_key({fmt::format("{}/{}", source.head.name, stream), other,
                               rows.text(row, 0), rows.text(row, 1)});
    finding.owner = source.head.owner;
    finding.severity = Severity::high;
    MESHLINE_ASSIGN(const WideDecimal amount,
                    WideDecimal::parse(rows.text(row, 3), Rounding::exact));
    MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 1)));
    finding.at_risk = WideMoney(amount, currency);
    MESHLINE_ASSIGN(auto days, listed_days(rows.text(row, 4)));
    set_span(finding, days);
    const std::int64_t count = rows.integer(row, 2);
    finding.title = fmt::format("{0}/{1} and {0}/{2} tell of the same money: {3} entr{4} in {5}",
                                source.head.name, stream, other, with_thousands(count),
                                count == 1 ? "y" : "ies", rows.text(row, 0));
    finding.evidence = {{"stream", fmt::format("{}/{}", source.head.name, stream)},
                        {"not_with", fmt::format("{}/{}", source.head.name, other)},
                        {"entries", std::to_string(count)},
                        {"objects", std::string(rows.text(row, 5))}};
    finding.fixes = {{"review",
                      "Take one of the two: list the streams to keep in the source's file, and the"
                      " next run books nothing from the other."}};
    const auto book = book_of(rows.text(row, 0));
    if (!book) {
        return warehouse_corrupt(fmt::format("the warehouse has a book \"{}\"", rows.text(row, 0)));
    }
    add_doubts(finding, *book, std::move(days));
    return finding;
}

}  // namespace

Result<std::vector<Finding>> double_bookings(StageContext& context) {
    MESHLINE_ASSIGN(const std::set<std::string> present, streams_with_events(context));
    std::vector<Finding> findings;
    for (const SourceDefinition& source : context.client.sources) {
        const auto is_present = [&](const std::string& stream) {
            return present.contains(source.head.name + "/" + stream);
        };
        for (const StreamDefinition& stream : source.pack->streams) {
            for (const std::string& other : stream.not_with) {
                if (!is_present(stream.name) || !is_present(other)) continue;
                MESHLINE_ASSIGN(const Rows rows,
                                context.warehouse.query(doubled_sql(context, source, stream.name,
                                                                    other, sums_of_doubled)));
                if (rows.is_empty()) continue;
                MESHLINE_ASSIGN(ClaimsByGroup claims,
                                claims_of(context, source, stream.name, other));
                for (std::size_t row = 0; row < rows.rows.size(); ++row) {
                    MESHLINE_ASSIGN(Finding finding,
                                    finding_of(source, stream.name, other, rows, row));
                    finding.claims = {
                        fmt::format("{}/{} not with {}", source.head.name, stream.name, other),
                        std::move(
                            claims[fmt::format("{} {}", rows.text(row, 0), rows.text(row, 1))])};
                    findings.push_back(std::move(finding));
                }
            }
        }
    }
    return findings;
}

}  // namespace meshline
