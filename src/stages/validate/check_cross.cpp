#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/relations/relations.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/validate/check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace meshline {
namespace {

std::string side_sql(const StageContext& context, const CheckDefinition& check, Book book,
                     const std::vector<std::string>& entries) {
    return fmt::format(
        "select {} as group_key, e.currency, abs(sum(e.amount)) as amount {}"
        " group by all having group_key is not null",
        entry_column_sql(check.group_by), live_entries_sql(context, book, entries));
}

/// Groups above their limit. Both sides have one row per key and currency.
std::string groups_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format(
        "with measured as ({}), allowed as ({})"
        " select m.group_key, m.currency, m.amount::decimal(38, 6) as amount,"
        " coalesce(a.amount, 0)::decimal(38, 6) as allowed,"
        " (m.amount - coalesce(a.amount, 0))::decimal(38, 6) as excess"
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
                       entry_column_sql(check.group_by), groups_sql(context, check));
}

/// The days of each failing group by its name, "key currency".
struct GroupDays {
    std::vector<BusinessDate> measured;
    std::vector<BusinessDate> limit;
};

/// Of the side that is above its limit the days of the entries that are, and of the other one those
/// of all that the key has there: the limit may be too low, or in another currency.
Result<std::map<std::string, GroupDays>> days_of_groups(StageContext& context,
                                                        const CheckDefinition& check) {
    const std::string key = entry_column_sql(check.group_by);
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "with failing as ({0}), found as ("
            " select {1} as group_key, e.currency, true as is_measured, e.business_on {2}"
            " union all select f.group_key, f.currency, false, l.business_on from failing f"
            "  join (select {1} as group_key, e.business_on {3}) l on l.group_key = f.group_key)"
            " select distinct group_key || ' ' || currency, is_measured, business_on from found"
            " where (group_key, currency) in (select (group_key, currency) from failing)"
            " order by all",
            groups_sql(context, check), key, live_entries_sql(context, check.book, check.entries),
            live_entries_sql(context, check.limit_book, check.limit_entries))));
    std::map<std::string, GroupDays> groups;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        GroupDays& days = groups[std::string(rows.text(row, 0))];
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 2)));
        (rows.text(row, 1) == "true" ? days.measured : days.limit).push_back(day);
    }
    return groups;
}

/// Doubts both sides on their days, nobody knows which is wrong; the finding is about all of them.
void add_days(Finding& finding, const CheckDefinition& check, const GroupDays& days) {
    for (const auto* side : {&days.measured, &days.limit}) {
        if (side->empty()) continue;
        finding.from = std::min(finding.from.value_or(side->front()), side->front());
        finding.to = std::max(finding.to.value_or(side->back()), side->back());
    }
    add_doubts(finding, check.book, days.measured);
    add_doubts(finding, check.limit_book, days.limit);
}

/// The result of a check that fails, once for each unbroken run of the days that it concerns.
std::vector<CheckResult> result_by_days(const CheckResult& failed,
                                        const std::set<BusinessDate>& days) {
    std::vector<CheckResult> results;
    for (const BusinessDate day : days) {
        if (results.empty() || results.back().to->days + 1 < day.days) {
            results.push_back(failed);
            results.back().from = day;
        }
        CheckResult& last = results.back();
        last.to = day;
        last.subject = fmt::format("{} to {}", last.from->text(), day.text());
    }
    return results;
}

}  // namespace

Result<Checked> check_cross(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(groups_sql(context, check) +
                                                             " order by m.group_key, m.currency"));
    MESHLINE_TRY(quarantine(context, check, failing_sql(context, check)));
    ClaimsByGroup claims;
    std::map<std::string, GroupDays> days;
    if (!rows.is_empty()) {
        MESHLINE_ASSIGN(days, days_of_groups(context, check));
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
    std::set<BusinessDate> concerned;
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
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 1)));
        finding.at_risk = WideMoney(excess, currency);
        const std::string group = fmt::format("{} {}", rows.text(row, 0), rows.text(row, 1));
        finding.claims = {check.head.name, claims_up_to(std::move(claims[group]), excess)};
        add_days(finding, check, days[group]);
        finding.title =
            fmt::format("{} {}: {} is above its limit of {}", check.group_by, rows.text(row, 0),
                        with_thousands(WideMoney(amount, currency).text()),
                        with_thousands(WideMoney(allowed, currency).text()));
        finding.evidence.emplace_back(check.group_by, rows.text(row, 0));
        finding.evidence.emplace_back("amount", WideMoney(amount, currency).text());
        finding.evidence.emplace_back("limit", WideMoney(allowed, currency).text());
        concerned.insert(days[group].measured.begin(), days[group].measured.end());
        concerned.insert(days[group].limit.begin(), days[group].limit.end());
        checked.findings.push_back(std::move(finding));
    }
    if (rows.is_empty()) {
        checked.results.push_back(std::move(result));
    } else {
        checked.results = result_by_days(result, concerned);
    }
    return checked;
}

}  // namespace meshline
