#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/relations/relations.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string side_sql(const StageContext& context, const CheckDefinition& check, Book book,
                     const std::vector<std::string>& entries) {
    return fmt::format(
        "select {} as group_key, e.currency, abs(sum(e.amount)) as amount,"
        " min(e.business_on) as first_on, max(e.business_on) as last_on {}"
        " group by all having group_key is not null",
        entry_column_sql(check.group_by), live_entries_sql(context, book, entries));
}

/// Groups above their limit. Both sides have one row per key and currency.
std::string groups_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format(
        "with measured as ({}), allowed as ({})"
        " select m.group_key, m.currency, m.amount::decimal(38, 6) as amount,"
        " coalesce(a.amount, 0)::decimal(38, 6) as allowed,"
        " (m.amount - coalesce(a.amount, 0))::decimal(38, 6) as excess, m.first_on, m.last_on"
        " from measured m left join allowed a"
        " on a.group_key = m.group_key and a.currency = m.currency"
        " where m.amount > coalesce(a.amount, 0) + {}::decimal(18, 6)",
        side_sql(context, check, check.book, check.entries),
        side_sql(context, check, check.limit_book, check.limit_entries), check.tolerance.text());
}

/// The measured entries of such groups, all of them: none is more wrong than the others.
std::string failing_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format("{} and ({}, e.currency) in (select (group_key, currency) from ({}))",
                       live_entries_sql(context, check.book, check.entries),
                       entry_column_sql(check.group_by),
                       groups_sql(context, check));
}

}  // namespace

Result<Checked> check_cross(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(groups_sql(context, check) +
                                                             " order by m.group_key, m.currency"));
    MESHLINE_TRY(quarantine(context, check, failing_sql(context, check)));
    ClaimsByGroup claims;
    if (!rows.is_empty()) {
        MESHLINE_ASSIGN(
            claims,
            claims_of_entries(
                context.warehouse,
                fmt::format("select {} || ' ' || e.currency as claim_group, e.book,"
                            " e.business_on, e.position, e.entry_type, e.line_no,"
                            " e.amount {}",
                            entry_column_sql(check.group_by), failing_sql(context, check))));
    }
    Checked checked;
    CheckResult result = new_result(context, check, "all");
    result.failing_rows = static_cast<std::int64_t>(rows.rows.size());
    result.is_passed = rows.is_empty();
    result.measured =
        fmt::format("{} groups above their limit", with_thousands(result.failing_rows));
    result.sample = sample_json(rows);
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        Finding finding =
            new_finding(check, "check_failed",
                        finding_key({check.head.name, rows.text(row, 0), rows.text(row, 1)}));
        MESHLINE_ASSIGN(const WideDecimal excess,
                        WideDecimal::parse(rows.text(row, 4), Rounding::exact));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 2), Rounding::exact));
        MESHLINE_ASSIGN(const WideDecimal allowed,
                        WideDecimal::parse(rows.text(row, 3), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::from_code(rows.text(row, 1)));
        finding.at_risk = WideMoney(excess, currency);
        const std::string group = fmt::format("{} {}", rows.text(row, 0), rows.text(row, 1));
        finding.claims = {check.head.name, claims_up_to(std::move(claims[group]), excess)};
        MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 5)));
        MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 6)));
        add_doubt(finding, check.book, *finding.from, *finding.to);
        finding.title =
            fmt::format("{} {}: {} is above its limit of {}", check.group_by, rows.text(row, 0),
                        with_thousands(WideMoney(amount, currency).text()),
                        with_thousands(WideMoney(allowed, currency).text()));
        finding.evidence.emplace_back(check.group_by, rows.text(row, 0));
        finding.evidence.emplace_back("amount", WideMoney(amount, currency).text());
        finding.evidence.emplace_back("limit", WideMoney(allowed, currency).text());
        result.from = std::min(result.from.value_or(*finding.from), *finding.from);
        result.to = std::max(result.to.value_or(*finding.to), *finding.to);
        checked.findings.push_back(std::move(finding));
    }
    checked.results.push_back(std::move(result));
    return checked;
}

}  // namespace meshline
