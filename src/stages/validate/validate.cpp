#include "stages/validate/validate.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "stages/validate/check.hpp"
#include "stages/validate/implausible_dates.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// Checks that name a source concern the clients that have it; others those they name, or all.
bool concerns(const CheckDefinition& check, const ClientDefinition& client) {
    const auto& clients = check.clients;
    const bool is_named = clients.empty() || std::find(clients.begin(), clients.end(),
                                                       client.id.text()) != clients.end();
    return is_named && (check.source.empty() || client.find(check.source) != nullptr);
}

/// The freshness that a source's handoff contract promises is a check like any other, unless a
/// check of the workspace watches the source already: one silence is one exception.
std::vector<CheckDefinition> handoff_checks(const ClientDefinition& client,
                                            const std::vector<CheckDefinition>& stated) {
    std::vector<CheckDefinition> checks;
    for (const SourceDefinition& source : client.sources) {
        const bool is_watched =
            std::any_of(stated.begin(), stated.end(), [&](const CheckDefinition& check) {
                return check.kind == CheckKind::freshness && check.source == source.head.name;
            });
        if (!source.fresh_within_hours || is_watched) continue;
        CheckDefinition check;
        check.head = source.head;
        check.head.name = fmt::format("handoff_{}", source.head.name);
        check.head.title = fmt::format("The handoff of {} promises a record every {} hours",
                                       source.head.name, *source.fresh_within_hours);
        check.kind = CheckKind::freshness;
        check.exception_severity = Severity::high;
        check.source = source.head.name;
        check.within_hours = *source.fresh_within_hours;
        checks.push_back(std::move(check));
    }
    return checks;
}

Result<Checked> evaluate(StageContext& context, const CheckDefinition& check) {
    switch (check.kind) {
        case CheckKind::row:
            return check_rows(context, check);
        case CheckKind::cross:
            return check_cross(context, check);
        case CheckKind::invariant:
            return check_invariant(context, check);
        case CheckKind::freshness:
            return check_freshness(context, check);
        case CheckKind::volume:
            return check_volume(context, check);
        case CheckKind::balance:
            return check_balance(context, check);
    }
    return Checked{};
}

/// A check that is no longer defined quarantines nothing.
Result<void> forget_removed_checks(StageContext& context,
                                   const std::vector<CheckDefinition>& checks) {
    std::vector<std::string> names = {""};
    for (const CheckDefinition& check : checks)
        names.push_back(check.head.name);
    const std::string removed =
        fmt::format("from quarantined_entries where client_id = {} and check_name not in ({})",
                    quote_literal(context.client.id.text()), literal_list(names));
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(context.warehouse.execute(
            "insert into touched_days select distinct client_id, business_on, 'check removed' " +
            removed));
        return context.warehouse.execute("delete " + removed);
    });
}

class Validate : public Stage {
  public:
    std::string_view name() const override { return "validate"; }

    Result<StageOutcome> run(StageContext& context) override {
        std::vector<CheckDefinition> checks;
        for (const CheckDefinition& check : context.workspace.checks) {
            if (concerns(check, context.client)) checks.push_back(check);
        }
        std::vector<CheckDefinition> promised = handoff_checks(context.client, checks);
        for (CheckDefinition& check : promised) {
            checks.push_back(std::move(check));
        }
        MESHLINE_TRY(forget_removed_checks(context, checks));
        StageOutcome outcome;
        std::vector<CheckResult> results;
        std::int64_t failed = 0;
        for (const CheckDefinition& check : checks) {
            MESHLINE_ASSIGN(Checked checked, evaluate(context, check));
            failed += checked.findings.empty() ? 0 : 1;
            std::move(checked.results.begin(), checked.results.end(), std::back_inserter(results));
            std::move(checked.findings.begin(), checked.findings.end(),
                      std::back_inserter(outcome.findings));
        }
        MESHLINE_ASSIGN(auto early, find_implausible_dates(context));
        std::move(early.begin(), early.end(), std::back_inserter(outcome.findings));
        MESHLINE_TRY(context.control.save_check_results(results));
        outcome.counts = {{"checks", static_cast<std::int64_t>(checks.size())}, {"failed", failed}};
        return outcome;
    }
};

}  // namespace

std::unique_ptr<Stage> make_validate() {
    return std::make_unique<Validate>();
}

}  // namespace meshline
