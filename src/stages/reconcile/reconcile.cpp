#include "stages/reconcile/reconcile.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/stage/as_of.hpp"
#include "stages/reconcile/breaks.hpp"
#include "stages/reconcile/items.hpp"
#include "stages/reconcile/match.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<void> run_rules(StageContext& context, const ReconciliationDefinition& reconciliation) {
    for (std::size_t index = 0; index < reconciliation.rules.size(); ++index) {
        const MatchRule& rule = reconciliation.rules[index];
        const int number = static_cast<int>(index) + 1;
        switch (rule.kind) {
            case MatchKind::one_to_one:
                MESHLINE_TRY(match_one_to_one(context, rule, number));
                break;
            case MatchKind::many_to_one:
                MESHLINE_TRY(match_many_to_one(context, rule, number, true));
                break;
            case MatchKind::one_to_many:
                MESHLINE_TRY(match_many_to_one(context, rule, number, false));
                break;
        }
    }
    return {};
}

Result<void> reconcile_one(StageContext& context, const ReconciliationDefinition& reconciliation) {
    MESHLINE_ASSIGN(const BusinessDate as_of_date, as_of(context));
    const std::string client = quote_literal(context.client.id.text());
    const std::string name = quote_literal(reconciliation.head.name);
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(make_items(context, reconciliation, reconciliation.left, true, "left_items"));
        MESHLINE_TRY(
            make_items(context, reconciliation, reconciliation.right, false, "right_items"));
        MESHLINE_TRY(make_results(context));
        MESHLINE_TRY(run_rules(context, reconciliation));
        MESHLINE_TRY(settle_rest(context, reconciliation, as_of_date));
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from match_results where client_id = {} and reconciliation = {}",
                        client, name)));
        return context.warehouse.execute(
            fmt::format("insert into match_results select {}, {}, * from results", client, name));
    });
}

bool concerns(const ReconciliationDefinition& reconciliation, const std::string& client) {
    const auto& clients = reconciliation.clients;
    return clients.empty() || std::find(clients.begin(), clients.end(), client) != clients.end();
}

/// Results of a reconciliation that is no longer defined say nothing any more.
Result<void> forget_removed(StageContext& context) {
    std::vector<std::string> names = {""};
    for (const ReconciliationDefinition& reconciliation : context.workspace.reconciliations) {
        names.push_back(reconciliation.head.name);
    }
    return context.warehouse.execute(
        fmt::format("delete from match_results where client_id = {} and reconciliation not in ({})",
                    quote_literal(context.client.id.text()), literal_list(names)));
}

class Reconcile : public Stage {
  public:
    std::string_view name() const override { return "reconcile"; }

    Result<StageOutcome> run(StageContext& context) override {
        StageOutcome outcome;
        MESHLINE_TRY(forget_removed(context));
        for (const ReconciliationDefinition& reconciliation : context.workspace.reconciliations) {
            if (!concerns(reconciliation, context.client.id.text())) continue;
            MESHLINE_TRY(reconcile_one(context, reconciliation));
            MESHLINE_ASSIGN(auto findings, find_breaks(context, reconciliation));
            std::move(findings.begin(), findings.end(), std::back_inserter(outcome.findings));
        }
        MESHLINE_ASSIGN(const Rows rows,
                        context.warehouse.query(fmt::format(
                            "select outcome, count(*) from match_results where client_id = {}"
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
