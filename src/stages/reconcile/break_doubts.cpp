#include "stages/reconcile/break_doubts.hpp"

#include "base/text/text.hpp"

#include <vector>

namespace meshline {
namespace {

Result<std::vector<BusinessDate>> dates_of(std::string_view list) {
    std::vector<BusinessDate> dates;
    for (const std::string_view text : split(list, ' ')) {
        if (text.empty()) continue;
        MESHLINE_ASSIGN(const BusinessDate date, BusinessDate::parse(text));
        dates.push_back(date);
    }
    return dates;
}

}  // namespace

Result<void> add_break_doubts(Finding& finding, const ReconciliationDefinition& reconciliation,
                              const std::string& reason, std::string_view left_days,
                              std::string_view right_days) {
    MESHLINE_ASSIGN(std::vector<BusinessDate> left, dates_of(left_days));
    MESHLINE_ASSIGN(std::vector<BusinessDate> right, dates_of(right_days));
    const auto await = [](const std::vector<BusinessDate>& from, int due_days) {
        std::vector<BusinessDate> days;
        for (const BusinessDate day : from) {
            for (int later = 0; later <= due_days; ++later)
                days.push_back({day.days + later});
        }
        return days;
    };
    if (reason == "missing_right") right = await(left, reconciliation.due_days_right);
    if (reason == "missing_left") left = await(right, reconciliation.due_days_left);
    if (reason == "duplicate_left") right.clear();
    if (reason == "duplicate_right") left.clear();
    if (reconciliation.is_left_doubtful)
        add_doubts(finding, reconciliation.left.book, std::move(left));
    if (reconciliation.is_right_doubtful)
        add_doubts(finding, reconciliation.right.book, std::move(right));
    return {};
}

}  // namespace meshline
