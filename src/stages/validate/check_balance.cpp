#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/validate/balance_sql.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// The columns of a step.
enum Column : std::size_t {
    source,
    account,
    currency,
    opening_on,
    opening,
    activity,
    closing_on,
    closing
};

struct Step {
    WideMoney opening;
    WideMoney activity;
    WideMoney closing;
    WideDecimal
        difference;     ///< What the book moved beyond the closing balance; negative: it lacks it.
    BusinessDate from;  ///< The first day of the activity.
    BusinessDate to;
};

Result<Step> read_step(const Rows& rows, std::size_t row) {
    MESHLINE_ASSIGN(const Currency in, Currency::stored(rows.text(row, currency)));
    MESHLINE_ASSIGN(const WideDecimal before,
                    WideDecimal::parse(rows.text(row, opening), Rounding::exact));
    MESHLINE_ASSIGN(const WideDecimal moved,
                    WideDecimal::parse(rows.text(row, activity), Rounding::exact));
    MESHLINE_ASSIGN(const WideDecimal after,
                    WideDecimal::parse(rows.text(row, closing), Rounding::exact));
    MESHLINE_ASSIGN(const WideDecimal expected, before.plus(moved));
    MESHLINE_ASSIGN(const WideDecimal difference, expected.minus(after));
    MESHLINE_ASSIGN(const BusinessDate opened, BusinessDate::parse(rows.text(row, opening_on)));
    MESHLINE_ASSIGN(const BusinessDate closed, BusinessDate::parse(rows.text(row, closing_on)));
    return Step{WideMoney(before, in), WideMoney(moved, in),
                WideMoney(after, in),  difference,
                {opened.days + 1},     closed};
}

/// The step as a row of a result's sample.
std::string sample_of(const Rows& rows, std::size_t row) {
    Rows one;
    one.columns = rows.columns;
    one.rows.push_back(rows.rows[row]);
    return sample_json(one);
}

/// "account GB29 at bank", or "the account of bank" where the source names none.
std::string account_of(const Rows& rows, std::size_t row) {
    if (rows.text(row, account).empty()) {
        return fmt::format("the account of {}", rows.text(row, source));
    }
    return fmt::format("account {} of {}", rows.text(row, account), rows.text(row, source));
}

void add_break(const StageContext& context, const CheckDefinition& check, const Rows& rows,
               std::size_t row, const Step& step, Checked& checked) {
    const WideDecimal at_risk = step.difference.magnitude();
    const std::string difference = WideMoney(at_risk, step.closing.currency).text();
    const std::string subject =
        fmt::format("{} {} {} {}", rows.text(row, source), rows.text(row, account),
                    rows.text(row, closing_on), rows.text(row, currency));
    CheckResult result = new_result(context, check, subject);
    result.is_passed = false;
    result.failing_rows = 1;
    result.from = step.from;
    result.to = step.to;
    const std::string opening_shown = with_thousands(step.opening.text());
    const std::string activity_shown = with_thousands(step.activity.text());
    const std::string closing_shown = with_thousands(step.closing.text());
    result.measured = fmt::format("{} on {} + {} = {} on {} is wrong by {}", opening_shown,
                                  rows.text(row, opening_on), activity_shown, closing_shown,
                                  rows.text(row, closing_on), with_thousands(difference));
    result.sample = sample_of(rows, row);
    Finding finding =
        new_finding(check, "check_failed",
                    finding_key({check.head.name, rows.text(row, source), rows.text(row, account),
                                 rows.text(row, closing_on), rows.text(row, currency)}));
    finding.at_risk = WideMoney(at_risk, step.closing.currency);
    finding.claims = {check.head.name,
                      {{ClaimKind::rest, std::string(name_of(check.book)), step.to, "", at_risk}}};
    finding.from = step.from;
    finding.to = step.to;
    add_doubt(finding, check.book, step.from, step.to);
    finding.title = fmt::format("{}: {} on {} and entries of {} do not come to {} on {}: {} {}",
                                account_of(rows, row), opening_shown, rows.text(row, opening_on),
                                activity_shown, closing_shown, rows.text(row, closing_on),
                                with_thousands(difference),
                                step.difference < WideDecimal() ? "are missing" : "too much");
    for (const Column column : {source, account, opening_on, closing_on}) {
        finding.evidence.emplace_back(rows.columns[column], rows.text(row, column));
    }
    finding.evidence.emplace_back("opening", step.opening.text());
    finding.evidence.emplace_back("activity", step.activity.text());
    finding.evidence.emplace_back("closing", step.closing.text());
    finding.evidence.emplace_back("difference", difference);
    checked.findings.push_back(std::move(finding));
    checked.results.push_back(std::move(result));
}

}  // namespace

Result<Checked> check_balance(StageContext& context, const CheckDefinition& check) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(balance_steps_sql(context, check)));
    Checked checked;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const Step step, read_step(rows, row));
        if (step.difference.magnitude() <= check.tolerance) continue;
        add_break(context, check, rows, row, step, checked);
    }
    if (checked.results.empty()) {
        CheckResult result = new_result(context, check, "all");
        result.measured = fmt::format("{} balances follow from the one before", rows.rows.size());
        checked.results.push_back(std::move(result));
    }
    return checked;
}

}  // namespace meshline
