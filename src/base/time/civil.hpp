#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr int year_min = 1;
constexpr int year_max = 9999;

/// A day of the proleptic Gregorian calendar.
struct CivilDate {
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};

bool is_leap_year(std::int64_t year);
/// Whether the day exists, in the years 0001 to 9999.
bool exists(const CivilDate& date);
std::int64_t days_of(const CivilDate& date);
CivilDate civil_date_of(std::int64_t days);

/// Division that rounds down; the divisor is positive.
constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
    const std::int64_t quotient = dividend / divisor;
    return dividend % divisor < 0 ? quotient - 1 : quotient;
}

/// The value of text that is `digits` digits and nothing else.
std::optional<int> read_digits(std::string_view text, std::size_t digits);
/// "2026-03-01" and nothing else; not whether the day exists.
std::optional<CivilDate> read_civil_date(std::string_view text);

}  // namespace meshline
