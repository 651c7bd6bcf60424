#include "stages/reconcile/silences.hpp"

#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/break_days.hpp"
#include "stages/reconcile/break_doubts.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string silent_items_sql(const StageContext& context, const std::string& reconciliation) {
    return fmt::format(
        "match_results where client_id = {} and reconciliation = {}"
        " and reason in ('silent_left', 'silent_right')",
        quote_literal(context.client.id.text()), quote_literal(reconciliation));
}

std::string awaiting_sql(const StageContext& context, const std::string& reconciliation) {
    return fmt::format(
        "select reason, currency, count(*), sum(abs(amount))::decimal(38, 6), min(business_on),"
        " max(business_on) from {} group by 1, 2 order by 1, 2",
        silent_items_sql(context, reconciliation));
}

}  // namespace

Result<std::vector<Finding>> find_silences(StageContext& context,
                                           const ReconciliationDefinition& reconciliation,
                                           const Sides& sides, const SettlingDates& dates) {
    const std::string& name = reconciliation.head.name;
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(awaiting_sql(context, name)));
    if (rows.is_empty()) return std::vector<Finding>();
    MESHLINE_ASSIGN(
        auto days,
        days_of_entries(context.warehouse,
                        entries_of_sides_sql(sides,
                                             "select side, item_id, currency,"
                                             " reason || ' ' || currency as claim_group from " +
                                                 silent_items_sql(context, name))));
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
        MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 1)));
        finding.at_risk = WideMoney(amount, currency);
        MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 4)));
        MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 5)));
        const SideDays& waited = days[fmt::format("{} {}", rows.text(row, 0), rows.text(row, 1))];
        span_days(finding, waited);
        add_break_doubts(finding, reconciliation, missing, waited);
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
