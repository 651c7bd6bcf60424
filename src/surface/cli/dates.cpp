#include "surface/cli/dates.hpp"

#include <fmt/format.h>

namespace meshline {

Result<std::optional<BusinessDate>> optional_date(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const BusinessDate date, BusinessDate::parse(text));
    return std::optional(date);
}

Result<Period> parse_period(const std::string& text) {
    constexpr std::size_t month_length = 7;
    if (text.size() != month_length) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(text));
        return Period{day, day};
    }
    auto first = BusinessDate::parse(text + "-01");
    if (!first.ok()) return std::move(first).error();
    BusinessDate last = *first;
    while (!last.is_month_end())
        ++last.days;
    return Period{*first, last};
}

}  // namespace meshline
