#include "surface/cli/dates.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <utility>

namespace meshline {

namespace {

BusinessDate month_end(BusinessDate day) {
    while (!day.is_month_end())
        ++day.days;
    return day;
}

/// The months `first` to `last`, each of two digits.
std::optional<Period> months(std::string_view year, const char* first, const char* last) {
    const auto from = BusinessDate::parse(fmt::format("{}-{}-01", year, first));
    const auto to = BusinessDate::parse(fmt::format("{}-{}-01", year, last));
    if (!from.ok() || !to.ok()) return std::nullopt;
    return Period{*from, month_end(*to)};
}

std::optional<Period> quarter(std::string_view text) {
    constexpr std::size_t year_digits = 4;
    constexpr std::string_view marks[] = {"-Q", "-q", "Q", "q"};
    constexpr std::pair<const char*, const char*> ends[] = {
        {"01", "03"}, {"04", "06"}, {"07", "09"}, {"10", "12"}};
    const std::string_view rest = text.substr(std::min(text.size(), year_digits));
    for (const std::string_view mark : marks) {
        if (!rest.starts_with(mark) || rest.size() != mark.size() + 1) continue;
        const int number = rest.back() - '1';
        if (number < 0 || number >= static_cast<int>(std::size(ends))) return std::nullopt;
        return months(text.substr(0, year_digits), ends[number].first, ends[number].second);
    }
    return std::nullopt;
}

}  // namespace

Result<std::optional<BusinessDate>> optional_first_day(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const Period span, parse_span(text));
    return std::optional(span.from);
}

Result<std::optional<BusinessDate>> optional_last_day(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const Period span, parse_span(text));
    return std::optional(span.to);
}

Result<Period> parse_span(const std::string& text) {
    constexpr std::size_t year_digits = 4;
    if (const auto found = quarter(text)) return *found;
    if (text.size() == year_digits) {
        if (const auto year = months(text, "01", "12")) return *year;
    }
    if (auto period = parse_period(text); period.ok()) return period;
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_period",
                 .message = fmt::format("\"{}\" is no day, month, quarter or year", text),
                 .hint = "Write 2026-03-01, 2026-03, 2026-Q1 or 2026; a day must exist."};
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
    return Period{*first, month_end(*first)};
}

}  // namespace meshline
