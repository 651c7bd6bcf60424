#include "core/model/grain.hpp"

#include "base/result/result.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int days_per_week = 7;
constexpr int months_per_quarter = 3;

BusinessDate first_of_month(int year, int month) {
    return *BusinessDate::from_civil(year, month, 1);
}

/// The first day of the month that lies `months` after January of `year`.
BusinessDate first_of_later_month(int year, int months) {
    // The end of the last year that there is has no month after it.
    const int later_year = year + months / 12;
    if (later_year > 9999) return {date_max.days + 1};
    return first_of_month(later_year, months % 12 + 1);
}

/// ISO 8601: a week belongs to the year of its Thursday, and the first one holds January 4.
std::string week_text(BusinessDate monday) {
    const BusinessDate thursday{monday.days + 3};
    const BusinessDate first_thursday_week =
        period_start(Grain::week, {first_of_month(thursday.year(), 1).days + 3});
    const int week = (monday.days - first_thursday_week.days) / days_per_week + 1;
    return fmt::format("{:04}-W{:02}", thursday.year(), week);
}

}  // namespace

std::optional<Grain> grain_of(std::string_view name) {
    const auto found = std::ranges::find(grain_names, name);
    if (found == grain_names.end()) return std::nullopt;
    return static_cast<Grain>(found - grain_names.begin());
}

std::string_view name_of(Grain grain) {
    return grain_names[static_cast<std::size_t>(grain)];
}

BusinessDate period_start(Grain grain, BusinessDate day) {
    switch (grain) {
        case Grain::day:
            return day;
        case Grain::week:
            return {day.days - day.weekday()};
        case Grain::month:
            return first_of_month(day.year(), day.month());
        case Grain::quarter:
            return first_of_month(day.year(),
                                  (day.month() - 1) / months_per_quarter * months_per_quarter + 1);
        case Grain::year:
            return first_of_month(day.year(), 1);
        case Grain::all:
            return {};
    }
    return day;
}

BusinessDate period_end(Grain grain, BusinessDate start) {
    switch (grain) {
        case Grain::day:
            return start;
        case Grain::week:
            // The last week there is ends on a Friday.
            return std::min(BusinessDate{start.days + days_per_week - 1}, date_max);
        case Grain::month:
            return {first_of_later_month(start.year(), start.month()).days - 1};
        case Grain::quarter:
            return {first_of_later_month(start.year(), start.month() + 2).days - 1};
        case Grain::year:
            return {first_of_later_month(start.year(), 12).days - 1};
        case Grain::all:
            return date_max;
    }
    return start;
}

std::string period_text(Grain grain, BusinessDate start) {
    switch (grain) {
        case Grain::day:
            return start.text();
        case Grain::week:
            return week_text(start);
        case Grain::month:
            return start.month_text();
        case Grain::quarter:
            return fmt::format("{:04}-Q{}", start.year(),
                               (start.month() - 1) / months_per_quarter + 1);
        case Grain::year:
            return fmt::format("{:04}", start.year());
        case Grain::all:
            return "all";
    }
    return start.text();
}

}  // namespace meshline
