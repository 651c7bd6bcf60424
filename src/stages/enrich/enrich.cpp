#include "stages/enrich/enrich.hpp"

#include "stages/enrich/credits.hpp"
#include "stages/enrich/customers.hpp"

#include <set>

namespace meshline {
namespace {

class Enrich : public Stage {
  public:
    std::string_view name() const override { return "enrich"; }

    Result<StageOutcome> run(StageContext& context) override {
        StageOutcome outcome;
        MESHLINE_TRY(forget_removed_models(context));
        MESHLINE_ASSIGN(const std::int64_t customers, match_customers(context));
        CreditCounts credits;
        std::set<std::string> seen;
        for (const AttributionDefinition& model : context.workspace.attributions) {
            MESHLINE_ASSIGN(Credited credited, credit_last_touch(context, model));
            credits.orders += credited.counts.orders;
            credits.changed += credited.counts.changed;
            // Models share the touches, so they find the same names.
            for (Finding& finding : credited.findings) {
                if (seen.insert(finding.key).second) outcome.findings.push_back(std::move(finding));
            }
        }
        outcome.counts = {{"customers_linked", customers},
                          {"orders_credited", credits.orders},
                          {"credits_changed", credits.changed}};
        return outcome;
    }
};

}  // namespace

std::unique_ptr<Stage> make_enrich() {
    return std::make_unique<Enrich>();
}

}  // namespace meshline
