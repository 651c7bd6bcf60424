#include "stages/validate/implausible_dates.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/plausible_days.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// How many of the days the evidence lists.
constexpr int days_listed_max = 20;

/// Grain: stream, book, currency and whether the entries are dated ahead or back. What a revision
/// took back has had its say.
std::string implausible_entries_sql(const StageContext& context, BusinessDate earliest,
                                    BusinessDate latest) {
    return fmt::format(
        "select source, stream, book, currency, business_on > date '{}' as is_ahead, count(*),"
        " sum(abs(amount))::decimal(38, 6), min(business_on), max(business_on),"
        " array_to_string(list_sort(list_distinct(list(business_on)))[1:{}], ' '),"
        " array_to_string(list(distinct object_id order by object_id)[1:5], ', ')"
        " from entries e where client_id = {} and position <= {} and sign = 1"
        " and business_on not between date '{}' and date '{}'"
        " and not exists (from supersessions s where s.client_id = e.client_id"
        "  and s.position = e.position and s.by_position <= {})"
        " group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5",
        latest.text(), days_listed_max, quote_literal(context.client.id.text()),
        context.head.position, earliest.text(), latest.text(), context.head.position);
}

/// "before 2006-03-10", "before the client's first day", "more than a year ahead".
std::string where_text(bool is_ahead, bool is_stated, BusinessDate earliest) {
    if (is_ahead) return "more than a year ahead of the client's last record";
    return fmt::format("before {}", is_stated ? "the client's first day" : earliest.text());
}

}  // namespace

Result<std::vector<Finding>> find_implausible_dates(StageContext& context) {
    MESHLINE_ASSIGN(const BusinessDate today, as_of(context));
    const BusinessDate earliest = earliest_day(context.client, today);
    const bool is_stated = context.client.starts_on.has_value();
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(implausible_entries_sql(
                                         context, earliest, last_plausible_day(today))));
    std::vector<Finding> findings;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const std::string stream = fmt::format("{}/{}", rows.text(row, 0), rows.text(row, 1));
        const bool is_ahead = rows.text(row, 4) == "true";
        const SourceDefinition* source = context.client.find(rows.text(row, 0));
        Finding& finding = findings.emplace_back();
        finding.type = "implausible_date";
        finding.key = is_ahead
                          ? finding_key({stream, rows.text(row, 2), rows.text(row, 3), "ahead"})
                          : finding_key({stream, rows.text(row, 2), rows.text(row, 3)});
        finding.owner = source ? source->head.owner : context.client.head.owner;
        finding.severity = is_stated && !is_ahead ? Severity::low : Severity::high;
        MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 7)));
        MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 8)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 6), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 3)));
        finding.at_risk = WideMoney(amount, currency);
        add_doubt(finding, *book_of(rows.text(row, 2)), *finding.from, *finding.to);
        const std::int64_t count = rows.integer(row, 5);
        finding.title =
            fmt::format("{} entr{} of {} {} dated {}, the first on {}", with_thousands(count),
                        count == 1 ? "y" : "ies", stream, count == 1 ? "is" : "are",
                        where_text(is_ahead, is_stated, earliest), finding.from->text());
        finding.evidence = {{"entries", std::string(rows.text(row, 5))},
                            {"days", std::string(rows.text(row, 9))},
                            {"objects", std::string(rows.text(row, 10))}};
        finding.fixes = {{"correct_source",
                          is_ahead
                              ? "Correct the dates at the source and capture the records again."
                              : "Correct the dates at the source and capture the records again; if"
                                " the client really is that old, say so with starts_on in its"
                                " client.yaml."}};
    }
    return findings;
}

}  // namespace meshline
