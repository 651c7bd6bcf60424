#include "stages/reconcile/reconcile.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/workspace/touches.hpp"
#include "stages/reconcile/breaks.hpp"
#include "stages/reconcile/items.hpp"
#include "stages/reconcile/match.hpp"
#include "stages/reconcile/settling_dates.hpp"
#include "stages/reconcile/silences.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<void> run_rule(StageContext& context, const ReconciliationDefinition& reconciliation,
                      std::size_t index) {
    const MatchRule& rule = reconciliation.rules[index];
    const int number = static_cast<int>(index) + 1;
    switch (rule.kind) {
        case MatchKind::one_to_one:
            return match_one_to_one(context, rule, number);
        case MatchKind::many_to_one:
            return match_many_to_one(context, rule, number, true);
        case MatchKind::one_to_many:
            return match_many_to_one(context, rule, number, false);
    }
    return {};
}

/// The table that the rules fill: match_results without client and reconciliation.
Result<void> make_results(Warehouse& warehouse) {
    return warehouse.execute(
        "create or replace temp table results (side varchar, item_id varchar, item_key varchar,"
        " amount decimal(38, 6), currency varchar, business_on date, outcome varchar,"
        " reason varchar, rule varchar, group_id varchar, difference decimal(38, 6))");
}

/// The first rule, a one-to-one: most of its pairs are settled without becoming items of a table.
Result<void> run_first_rule(StageContext& context, const ReconciliationDefinition& reconciliation,
                            Sides& sides) {
    auto& [left, right] = sides;
    MESHLINE_TRY(settle_unique_keys(context, reconciliation, left, right));
    MESHLINE_TRY(context.warehouse.execute(fmt::format(
        "insert into settled_pairs values ({}, {}, {})", quote_literal(context.client.id.text()),
        quote_literal(reconciliation.head.name),
        quote_literal(settled_pairs_sql(reconciliation.rules.front(), left, right)))));
    MESHLINE_TRY(run_rule(context, reconciliation, 0));
    return add_lonely_items(context.warehouse, left, right);
}

Result<void> run_rules(StageContext& context, const ReconciliationDefinition& reconciliation,
                       Sides& sides) {
    MESHLINE_TRY(make_results(context.warehouse));
    const auto& rules = reconciliation.rules;
    std::size_t next = 0;
    if (!rules.empty() && rules.front().kind == MatchKind::one_to_one) {
        MESHLINE_TRY(run_first_rule(context, reconciliation, sides));
        next = 1;
    } else {
        MESHLINE_TRY(context.warehouse.execute("create or replace temp table left_items as " +
                                               sides.left.items_sql()));
        MESHLINE_TRY(context.warehouse.execute("create or replace temp table right_items as " +
                                               sides.right.items_sql()));
    }
    for (; next < rules.size(); ++next)
        MESHLINE_TRY(run_rule(context, reconciliation, next));
    return {};
}

/// What the rules settled joins what they left, and all of it is counted.
Result<void> keep_results(StageContext& context, const ReconciliationDefinition& reconciliation) {
    const std::string client = quote_literal(context.client.id.text());
    const std::string name = quote_literal(reconciliation.head.name);
    MESHLINE_TRY(context.warehouse.execute(
        fmt::format("insert into match_results select {}, {}, * from results", client, name)));
    return context.warehouse.execute(fmt::format(
        "insert into match_totals select client_id, reconciliation, side, outcome, reason,"
        " currency, count(*), sum(amount) from match_results where client_id = {}"
        " and reconciliation = {} group by all",
        client, name));
}

Result<void> forget(StageContext& context, const std::string& condition) {
    for (const char* table : {"match_results", "match_totals", "settled_pairs"}) {
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from {} where client_id = {} and reconciliation {}", table,
                        quote_literal(context.client.id.text()), condition)));
    }
    return {};
}

Result<void> reconcile_one(StageContext& context, const ReconciliationDefinition& reconciliation,
                           Sides& sides, const SettlingDates& dates) {
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(forget(context, "= " + quote_literal(reconciliation.head.name)));
        MESHLINE_TRY(run_rules(context, reconciliation, sides));
        MESHLINE_TRY(settle_rest(context, reconciliation, dates));
        return keep_results(context, reconciliation);
    });
}

/// Results of a reconciliation that is no longer defined, or no longer for this client, say nothing
/// any more.
Result<void> forget_removed(StageContext& context) {
    std::vector<std::string> names = {""};
    for (const ReconciliationDefinition& reconciliation : context.workspace.reconciliations) {
        if (concerns(reconciliation, context.client)) names.push_back(reconciliation.head.name);
    }
    // What has a problem is not gone: its last results stand until it can be run again.
    for (const LeftOut& one : context.workspace.left_out) {
        if (one.kind == LeftOutKind::reconciliation) names.push_back(one.name);
    }
    return forget(context, fmt::format("not in ({})", literal_list(names)));
}

class Reconcile : public Stage {
  public:
    std::string_view name() const override { return "reconcile"; }

    Result<StageOutcome> run(StageContext& context) override {
        StageOutcome outcome;
        MESHLINE_TRY(forget_removed(context));
        for (const ReconciliationDefinition& reconciliation : context.workspace.reconciliations) {
            if (!concerns(reconciliation, context.client)) continue;
            MESHLINE_ASSIGN(const SettlingDates dates, settling_dates(context, reconciliation));
            MESHLINE_ASSIGN(Sides sides, Sides::of(context, reconciliation));
            MESHLINE_TRY(reconcile_one(context, reconciliation, sides, dates));
            MESHLINE_ASSIGN(auto findings, find_breaks(context, reconciliation, sides));
            std::move(findings.begin(), findings.end(), std::back_inserter(outcome.findings));
            MESHLINE_ASSIGN(auto silences, find_silences(context, reconciliation, sides, dates));
            std::move(silences.begin(), silences.end(), std::back_inserter(outcome.findings));
        }
        MESHLINE_ASSIGN(
            const Rows rows,
            context.warehouse.query(fmt::format(
                "select outcome, sum(item_count)::bigint from match_totals where client_id = {}"
                " group by outcome order by outcome",
                quote_literal(context.client.id.text()))));
        for (std::size_t row = 0; row < rows.rows.size(); ++row) {
            outcome.counts.emplace_back(rows.text(row, 0), rows.integer(row, 1));
        }
        return outcome;
    }
};

}  // namespace

std::unique_ptr<Stage> make_reconcile() {
    return std::make_unique<Reconcile>();
}

}  // namespace meshline
