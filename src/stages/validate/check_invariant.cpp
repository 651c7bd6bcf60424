#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>
#include <map>
#include <set>

namespace meshline {
namespace {

/// Totals by day and currency.
using Totals = std::map<std::pair<BusinessDate, std::string>, WideDecimal>;

Result<Totals> totals_of(StageContext& context, const std::string& name) {
    const MetricDefinition* metric = context.workspace.find_metric(name);
    MESHLINE_CHECK(metric != nullptr);
    MetricQuery query;
    query.client = context.client.id;
    query.upto = context.head.position;
    query.has_dimensions = false;
    MESHLINE_ASSIGN(const auto figures, compute_figures(context.warehouse, *metric, query));
    Totals totals;
    for (const auto& [day, of_day] : figures) {
        for (const Figure& figure : of_day)
            totals[{day, figure.currency}] = figure.amount;
    }
    return totals;
}

/// Nobody knows which of the metric and its parts is wrong.
std::set<Book> books_of(const StageContext& context, const CheckDefinition& check) {
    std::set<Book> books = {context.workspace.find_metric(check.metric)->book};
    for (const auto& [sign, part] : check.parts)
        books.insert(context.workspace.find_metric(part)->book);
    return books;
}

}  // namespace

Result<Checked> check_invariant(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(const Totals stated, totals_of(context, check.metric));
    Totals expected;
    std::set<std::pair<BusinessDate, std::string>> keys;
    for (const auto& [key, amount] : stated)
        keys.insert(key);
    for (const auto& [sign, part] : check.parts) {
        MESHLINE_ASSIGN(const Totals totals, totals_of(context, part));
        for (const auto& [key, amount] : totals) {
            keys.insert(key);
            MESHLINE_ASSIGN(expected[key],
                            sign > 0 ? expected[key].plus(amount) : expected[key].minus(amount));
        }
    }
    const std::set<Book> books = books_of(context, check);
    Checked checked;
    for (const auto& key : keys) {
        const auto found = stated.find(key);
        const WideDecimal actual = found == stated.end() ? WideDecimal() : found->second;
        MESHLINE_ASSIGN(const WideDecimal difference, actual.minus(expected[key]));
        if (difference == WideDecimal()) continue;
        const auto& [day, currency_code] = key;
        CheckResult result =
            new_result(context, check, fmt::format("{} {}", day.text(), currency_code));
        result.is_passed = false;
        result.failing_rows = 1;
        result.from = result.to = day;
        const auto shown = [&](const WideDecimal& value) {
            const std::string amount = with_thousands(amount_text(value.text(), currency_code));
            return currency_code.empty() ? amount : amount + " " + currency_code;
        };
        result.measured = fmt::format("{} is {}, its parts give {}", check.metric, shown(actual),
                                      shown(expected[key]));
        Finding finding = new_finding(check, "check_failed",
                                      finding_key({check.head.name, day.text(), currency_code}));
        finding.from = finding.to = day;
        for (const Book book : books)
            add_doubt(finding, book, day, day);
        if (!currency_code.empty()) {
            MESHLINE_ASSIGN(const Currency currency, Currency::stored(currency_code));
            finding.at_risk = WideMoney(difference.magnitude(), currency);
        }
        if (finding.at_risk) {
            finding.claims = {
                check.head.name,
                {{ClaimKind::rest, finding.doubts.front().book, day, "", finding.at_risk->amount}}};
        }
        finding.title = fmt::format("{} on {}: {}", check.metric, day.text(), result.measured);
        finding.evidence.emplace_back("day", day.text());
        checked.findings.push_back(std::move(finding));
        checked.results.push_back(std::move(result));
    }
    if (checked.results.empty()) {
        CheckResult result = new_result(context, check, "all");
        result.measured = fmt::format("{} days hold", keys.size());
        checked.results.push_back(std::move(result));
    }
    return checked;
}

}  // namespace meshline
