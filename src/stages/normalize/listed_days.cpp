#include "stages/normalize/listed_days.hpp"

#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {

Result<std::vector<BusinessDate>> listed_days(std::string_view list) {
    std::vector<BusinessDate> days;
    if (list.empty()) return days;
    for (const std::string_view text : split(list, ' ')) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(text));
        days.push_back(day);
    }
    return days;
}

void set_span(Finding& finding, const std::vector<BusinessDate>& days) {
    if (days.empty()) return;
    const auto [first, last] = std::ranges::minmax_element(days);
    finding.from = *first;
    finding.to = *last;
}

}  // namespace meshline
