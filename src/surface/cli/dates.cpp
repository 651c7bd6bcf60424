#include "surface/cli/dates.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string_view>

namespace meshline {
namespace {

constexpr std::size_t year_digits = 4;
constexpr int days_per_week = 7;

/// The number of a week or a quarter.
std::optional<int> number_of(std::string_view digits) {
    constexpr std::size_t digits_max = 2;
    if (digits.size() > digits_max) return std::nullopt;
    int number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, number);
    if (failure != std::errc() || stop != end) return std::nullopt;
    return number;
}

/// A day of the period that the text would name if it named one of this grain. Whether it does is
/// seen by writing that period again.
std::optional<BusinessDate> day_within(Grain grain, const std::string& text) {
    const std::string year = text.substr(0, year_digits);
    const std::string rest = text.substr(std::min(text.size(), year_digits + 2));
    const auto day_of = [](const std::string& day) -> std::optional<BusinessDate> {
        const auto parsed = BusinessDate::parse(day);
        if (!parsed.ok()) return std::nullopt;
        return *parsed;
    };
    switch (grain) {
        case Grain::day:
            return day_of(text);
        case Grain::month:
            return day_of(text + "-01");
        case Grain::year:
            return day_of(text + "-01-01");
        case Grain::quarter: {
            const auto quarter = number_of(rest);
            return quarter ? day_of(fmt::format("{}-{:02}-01", year, 3 * *quarter - 2))
                           : std::nullopt;
        }
        case Grain::week: {
            // ISO 8601: the first week holds January 4.
            const auto first = day_of(year + "-01-04");
            const auto week = number_of(rest);
            if (!first || !week) return std::nullopt;
            const BusinessDate day{first->days + (*week - 1) * days_per_week};
            // The last week of all has days after the last day that there is.
            const bool is_beyond =
                period_start(grain, day).days + days_per_week - 1 > date_max.days;
            return is_beyond ? std::nullopt : std::optional(day);
        }
        case Grain::all:
            break;
    }
    return std::nullopt;
}

/// "2026q1" as "2026-Q1": small letters and a missing dash are no mistake.
std::string as_written(std::string text) {
    for (char& letter : text) {
        if (letter == 'q' || letter == 'w') letter = static_cast<char>(letter - 'a' + 'A');
    }
    const bool lacks_dash =
        text.size() > year_digits && (text[year_digits] == 'Q' || text[year_digits] == 'W');
    if (lacks_dash) text.insert(year_digits, "-");
    return text;
}

}  // namespace

Result<Period> parse_period(const std::string& text) {
    const std::string written = as_written(text);
    for (const Grain grain : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
        const auto day = day_within(grain, written);
        if (!day) continue;
        const BusinessDate from = period_start(grain, *day);
        if (period_text(grain, from) == written)
            return Period{grain, from, period_end(grain, from)};
    }
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_period",
                 .message = fmt::format("\"{}\" is no day, week, month, quarter or year", text),
                 .hint = "Write 2026-03-01, 2026-W10, 2026-03, 2026-Q1 or 2026; it must exist."};
}

Result<std::optional<BusinessDate>> optional_first_day(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const Period period, parse_period(text));
    return std::optional(period.from);
}

Result<std::optional<BusinessDate>> optional_last_day(const std::string& text) {
    if (text.empty()) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const Period period, parse_period(text));
    return std::optional(period.to);
}

Result<void> check_order(const std::optional<BusinessDate>& from,
                         const std::optional<BusinessDate>& to) {
    if (!from || !to || *from <= *to) return {};
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_period",
                 .message = fmt::format("--from {} is after --to {}", from->text(), to->text()),
                 .hint = "Exchange the two dates; both days are included."};
}

}  // namespace meshline
