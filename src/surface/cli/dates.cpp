#include "surface/cli/dates.hpp"

#include <fmt/format.h>

namespace meshline {

Result<std::optional<BusinessDate>> optional_date(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const BusinessDate date, BusinessDate::parse(text));
    return std::optional(date);
}

Result<void> check_order(const std::optional<BusinessDate>& from,
                         const std::optional<BusinessDate>& to) {
    if (!from || !to || *from <= *to) return {};
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_period",
                 .message = fmt::format("--from {} is after --to {}", from->text(), to->text()),
                 .hint = "Exchange the two dates; both days are included."};
}

Result<Period> parse_period(const std::string& text) {
    constexpr std::size_t month_length = 7;
    const bool is_month = text.size() == month_length;
    const auto first = BusinessDate::parse(is_month ? text + "-01" : text);
    if (!first.ok()) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "time.bad_period",
                     .message = fmt::format("\"{}\" is neither a day nor a month", text),
                     .hint = "Write a day as 2026-03-01, a month as 2026-03; it must exist."};
    }
    if (!is_month) return Period{*first, *first};
    BusinessDate last = *first;
    while (!last.is_month_end())
        ++last.days;
    return Period{*first, last};
}

}  // namespace meshline
