#include "stages/reconcile/silences.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/break_doubts.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string awaiting_sql(const StageContext& context, const std::string& reconciliation) {
    return fmt::format(
        "select reason, currency, count(*), sum(abs(amount))::decimal(38, 6), min(business_on),"
        " max(business_on), array_to_string(list(distinct business_on order by business_on), ' ')"
        " from match_results where client_id = {} and reconciliation = {}"
        " and reason in ('silent_left', 'silent_right') group by 1, 2 order by 1, 2",
        quote_literal(context.client.id.text()), quote_literal(reconciliation));
}

}  // namespace

Result<std::vector<Finding>> find_silences(StageContext& context,
                                           const ReconciliationDefinition& reconciliation,
                                           const SettlingDates& dates) {
    const std::string& name = reconciliation.head.name;
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(awaiting_sql(context, name)));
    std::vector<Finding> findings;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const bool is_right_silent = rows.text(row, 0) == "silent_right";
        const auto& came_on = is_right_silent ? dates.right_came_on : dates.left_came_on;
        const std::string_view waiting =
            name_of((is_right_silent ? reconciliation.left : reconciliation.right).book);
        const std::string_view silent =
            name_of((is_right_silent ? reconciliation.right : reconciliation.left).book);
        const std::string missing = is_right_silent ? "missing_right" : "missing_left";
        Finding& finding = findings.emplace_back();
        finding.type = "silence";
        finding.key = finding_key({name, rows.text(row, 0), rows.text(row, 1)});
        finding.owner = reconciliation.head.owner;
        const auto policy = reconciliation.breaks.find(missing);
        if (policy != reconciliation.breaks.end()) {
            finding.severity = policy->second.severity;
            if (!policy->second.owner.empty()) finding.owner = policy->second.owner;
        }
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 3), Rounding::exact));
        MESHLINE_ASSIGN(const Currency currency, Currency::from_code(rows.text(row, 1)));
        finding.at_risk = WideMoney(amount, currency);
        MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 4)));
        MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 5)));
        const std::string_view days = rows.text(row, 6);
        MESHLINE_TRY(add_break_doubts(finding, reconciliation, missing, is_right_silent ? days : "",
                                      is_right_silent ? "" : days));
        finding.title =
            fmt::format("{} item{} of {} wait{} for {}, of which nothing came after {} ({})",
                        with_thousands(rows.integer(row, 2)), rows.integer(row, 2) == 1 ? "" : "s",
                        waiting, rows.integer(row, 2) == 1 ? "s" : "", silent,
                        came_on ? came_on->text() : "the start", name);
        finding.evidence = {{"reconciliation", name},
                            {"items", std::string(rows.text(row, 2))},
                            {"amount", finding.at_risk->text()}};
        finding.fixes = {{"recapture_period",
                          fmt::format("Capture what the sources of {} recorded since; the items"
                                      " match or break then.",
                                      silent)}};
    }
    return findings;
}

}  // namespace meshline
