#include "base/time/civil.hpp"

#include <array>

namespace meshline {
namespace {

// The Gregorian calendar repeats every 400 years. Years are counted from March, so that the leap
// day is the last of its year.
constexpr std::int64_t days_per_era = 146'097;
constexpr std::int64_t years_per_era = 400;
/// Days from 0000-03-01 to 1970-01-01.
constexpr std::int64_t days_to_epoch = 719'468;

}  // namespace

bool is_leap_year(std::int64_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool exists(const CivilDate& date) {
    constexpr std::array month_days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.year < year_min || date.year > year_max || date.month < 1 || date.month > 12) {
        return false;
    }
    const int days = date.month == 2 && is_leap_year(date.year)
                         ? 29
                         : month_days[static_cast<std::size_t>(date.month - 1)];
    return date.day >= 1 && date.day <= days;
}

std::int64_t days_of(const CivilDate& date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = floor_divide(year, years_per_era);
    const std::int64_t year_of_era = year - era * years_per_era;
    const std::int64_t month_from_march = (date.month + 9) % 12;
    // 153 days in every five months from March; the fraction places the long months.
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * days_per_era + day_of_era - days_to_epoch;
}

CivilDate civil_date_of(std::int64_t days) {
    const std::int64_t shifted = days + days_to_epoch;
    const std::int64_t era = floor_divide(shifted, days_per_era);
    const std::int64_t day_of_era = shifted - era * days_per_era;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    CivilDate date;
    date.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month =
        static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = era * years_per_era + year_of_era + (date.month <= 2 ? 1 : 0);
    return date;
}

std::optional<int> read_digits(std::string_view text, std::size_t digits) {
    if (text.size() != digits) return std::nullopt;
    int value = 0;
    for (const char letter : text) {
        if (letter < '0' || letter > '9') return std::nullopt;
        value = value * 10 + (letter - '0');
    }
    return value;
}

std::optional<CivilDate> read_civil_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = read_digits(text.substr(0, 4), 4);
    const auto month = read_digits(text.substr(5, 2), 2);
    const auto day = read_digits(text.substr(8, 2), 2);
    if (!year || !month || !day) return std::nullopt;
    return CivilDate{*year, *month, *day};
}

}  // namespace meshline
