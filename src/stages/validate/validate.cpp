#include "stages/validate/validate.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/workspace/touches.hpp"
#include "stages/validate/check.hpp"
#include "stages/validate/implausible_dates.hpp"
#include "stages/validate/unjudged.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

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
    // A check that has a problem is not gone: what it kept out stays out until it can be run again.
    for (const LeftOut& one : context.workspace.left_out) {
        if (one.kind == LeftOutKind::check) names.push_back(one.name);
    }
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

std::string watched_by(const CheckDefinition& check) {
    return check.source + "/" + check.stream;
}

/// Two freshness checks of one stream say two things: each is told apart by its name. One alone is
/// known by its stream.
void name_apart(const std::vector<CheckDefinition>& checks, const CheckDefinition& check,
                std::vector<Finding>& findings) {
    if (check.kind != CheckKind::freshness) return;
    const auto watchers = std::ranges::count_if(checks, [&](const CheckDefinition& other) {
        return other.kind == CheckKind::freshness && watched_by(other) == watched_by(check);
    });
    if (watchers < 2) return;
    for (Finding& finding : findings)
        finding.key = finding_key({finding.key, check.head.name});
}

class Validate : public Stage {
  public:
    std::string_view name() const override { return "validate"; }

    Result<StageOutcome> run(StageContext& context) override {
        const std::vector<CheckDefinition> checks = checks_of(context.workspace, context.client);
        MESHLINE_TRY(forget_removed_checks(context, checks));
        StageOutcome outcome;
        std::vector<CheckResult> results;
        std::int64_t failed = 0;
        for (const CheckDefinition& check : checks) {
            MESHLINE_ASSIGN(Checked checked, evaluate(context, check));
            name_apart(checks, check, checked.findings);
            failed += checked.findings.empty() ? 0 : 1;
            std::move(checked.results.begin(), checked.results.end(), std::back_inserter(results));
            std::move(checked.findings.begin(), checked.findings.end(),
                      std::back_inserter(outcome.findings));
        }
        MESHLINE_ASSIGN(auto early, find_implausible_dates(context));
        std::move(early.begin(), early.end(), std::back_inserter(outcome.findings));
        MESHLINE_ASSIGN(Checked unjudged, unjudged_gates(context));
        std::ranges::move(unjudged.results, std::back_inserter(results));
        std::ranges::move(unjudged.findings, std::back_inserter(outcome.findings));
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
