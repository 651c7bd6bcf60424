#include "stages/reconcile/break_doubts.hpp"

#include <vector>

namespace meshline {
void add_break_doubts(Finding& finding, const ReconciliationDefinition& reconciliation,
                      const std::string& reason, SideDays days) {
    auto& [left, right] = days;
    const auto await = [](const std::vector<BusinessDate>& from, int due_days) {
        std::vector<BusinessDate> awaited;
        for (const BusinessDate day : from) {
            for (int later = 0; later <= due_days; ++later)
                awaited.push_back({day.days + later});
        }
        return awaited;
    };
    if (reason == "missing_right") right = await(left, reconciliation.due_days_right);
    if (reason == "missing_left") left = await(right, reconciliation.due_days_left);
    if (reason == "duplicate_left") right.clear();
    if (reason == "duplicate_right") left.clear();
    if (reconciliation.is_left_doubtful)
        add_doubts(finding, reconciliation.left.book, std::move(left));
    if (reconciliation.is_right_doubtful)
        add_doubts(finding, reconciliation.right.book, std::move(right));
}

}  // namespace meshline
