#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/relations/relations.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// SQL that is true for a value beyond a bound of its currency.
std::string beyond_sql(const std::string& value, const char* comparison,
                       const std::map<std::string, Decimal>& bounds) {
    std::string any;
    for (const auto& [currency, bound] : bounds) {
        const std::string of_currency =
            currency.empty() ? "" : fmt::format("e.currency = {} and ", quote_literal(currency));
        any += fmt::format(" or ({}{} {} {}::decimal(18, 6))", of_currency, value, comparison,
                           bound.text());
    }
    return any;
}

/// SQL that is true for a row that fails.
std::string failure_sql(const CheckDefinition& check) {
    const std::string column = entry_column_sql(check.column);
    const std::string value = "e." + check.column;
    std::string any = "false";
    if (check.is_required) any += fmt::format(" or coalesce({}, '') = ''", column);
    any += beyond_sql(value, "<", check.at_least) + beyond_sql(value, ">", check.at_most);
    if (check.not_before) {
        any +=
            fmt::format(" or {}::timestamp < make_timestamp({})", value, check.not_before->micros);
    }
    if (check.not_after) {
        any +=
            fmt::format(" or {}::timestamp > make_timestamp({})", value, check.not_after->micros);
    }
    if (!check.one_of.empty()) {
        any += fmt::format(" or coalesce({}, '') not in ({})", column, literal_list(check.one_of));
    }
    return any;
}

std::string failing_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format("{} and ({})", live_entries_sql(context, check.book, check.entries),
                       failure_sql(check));
}

/// Leaves the currencies whose failing rows come to more than their limit.
std::string having_sql(const std::map<std::string, Decimal>& limits) {
    std::string within;
    for (const auto& [currency, limit] : limits) {
        const std::string of_currency =
            currency.empty() ? "" : fmt::format("e.currency = {} and ", quote_literal(currency));
        within += fmt::format(" and not ({}sum(abs(e.amount)) <= {}::decimal(18, 6))", of_currency,
                              limit.text());
    }
    return within.empty() ? "" : " having true" + within;
}

}  // namespace

Result<Checked> check_rows(StageContext& context, const CheckDefinition& check) {
    std::string failing = failing_sql(context, check);
    MESHLINE_ASSIGN(const Rows sums,
                    context.warehouse.query(fmt::format(
                        "select e.currency, count(*), sum(abs(e.amount))::decimal(38, 6),"
                        " min(e.business_on), max(e.business_on) {} group by 1{} order by 1",
                        failing, having_sql(check.above))));
    // Rows of a currency that stays within its limit pass, in everything that follows.
    if (!check.above.empty()) {
        std::vector<std::string> currencies;
        for (std::size_t row = 0; row < sums.rows.size(); ++row)
            currencies.emplace_back(sums.text(row, 0));
        failing += currencies.empty()
                       ? " and false"
                       : fmt::format(" and e.currency in ({})", literal_list(currencies));
    }
    MESHLINE_TRY(quarantine(context, check, failing));
    Checked checked;
    CheckResult result = new_result(context, check, "all");
    for (std::size_t row = 0; row < sums.rows.size(); ++row) {
        result.failing_rows += sums.integer(row, 1);
        MESHLINE_ASSIGN(const BusinessDate from, BusinessDate::parse(sums.text(row, 3)));
        MESHLINE_ASSIGN(const BusinessDate to, BusinessDate::parse(sums.text(row, 4)));
        result.from = std::min(result.from.value_or(from), from);
        result.to = std::max(result.to.value_or(to), to);
    }
    result.is_passed = result.failing_rows == 0;
    result.measured = fmt::format("{} failing rows", with_thousands(result.failing_rows));
    if (!result.is_passed) {
        MESHLINE_ASSIGN(
            const Rows sample,
            context.warehouse.query(fmt::format(
                "select e.position, e.entry_type, e.line_no, e.object_id, e.business_on,"
                " e.amount, e.currency {} order by e.position, e.entry_type, e.line_no"
                " limit {}",
                failing, sample_rows_max)));
        result.sample = sample_json(sample);
        MESHLINE_ASSIGN(
            auto claims,
            claims_of_entries(context.warehouse,
                              fmt::format("select e.currency as claim_group, e.book, e.business_on,"
                                          " e.position, e.entry_type, e.line_no, e.amount {}",
                                          failing)));
        for (std::size_t row = 0; row < sums.rows.size(); ++row) {
            Finding finding = new_finding(check, "check_failed",
                                          finding_key({check.head.name, sums.text(row, 0)}));
            MESHLINE_ASSIGN(const WideDecimal amount,
                            WideDecimal::parse(sums.text(row, 2), Rounding::exact));
            MESHLINE_ASSIGN(const Currency currency, Currency::stored(sums.text(row, 0)));
            finding.at_risk = WideMoney(amount, currency);
            finding.claims = {check.head.name, std::move(claims[std::string(sums.text(row, 0))])};
            finding.from = result.from;
            finding.to = result.to;
            add_doubt(finding, check.book, *result.from, *result.to);
            finding.title =
                fmt::format("{} row{} fail{} the check {}", with_thousands(sums.integer(row, 1)),
                            sums.integer(row, 1) == 1 ? "" : "s",
                            sums.integer(row, 1) == 1 ? "s" : "", check.head.name);
            finding.evidence.emplace_back("rows", result.sample);
            checked.findings.push_back(std::move(finding));
        }
    }
    checked.results.push_back(std::move(result));
    return checked;
}

}  // namespace meshline
