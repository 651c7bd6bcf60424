#include "base/time/instant.hpp"

#include "base/text/shorten.hpp"
#include "base/time/civil.hpp"

#include <fmt/format.h>
#include <iterator>

namespace meshline {
namespace {

Error bad_date(std::string_view text) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_date",
                 .message = fmt::format("\"{}\" is not a date", shortened(text, 80)),
                 .hint = "Dates are written as 2026-03-01 and must exist."};
}

/// Zeros on the left to `width` digits. Written by hand: dates and times are written once a row,
/// and the general formatter takes ten times as long.
void append_digits(std::string& text, std::int64_t value, int width) {
    char digits[20];
    char* first = std::end(digits);
    for (std::int64_t rest = value; rest > 0; rest /= 10) {
        *--first = static_cast<char>('0' + rest % 10);
    }
    while (std::end(digits) - first < width)
        *--first = '0';
    text.append(first, std::end(digits));
}

void append_month(std::string& text, const CivilDate& date) {
    if (date.year < 0) text.push_back('-');
    append_digits(text, date.year < 0 ? -date.year : date.year, 4);
    text.push_back('-');
    append_digits(text, date.month, 2);
}

void append_date(std::string& text, const CivilDate& date) {
    append_month(text, date);
    text.push_back('-');
    append_digits(text, date.day, 2);
}

BusinessDate business_date_of(const CivilDate& date) {
    return {static_cast<std::int32_t>(days_of(date))};
}

}  // namespace

std::string Instant::text() const {
    const std::int64_t seconds = floor_divide(micros, micros_per_second);
    const std::int64_t fraction = micros - seconds * micros_per_second;
    const std::int64_t days = floor_divide(seconds, seconds_per_day);
    const std::int64_t second_of_day = seconds - days * seconds_per_day;
    std::string text;
    text.reserve(27);
    append_date(text, civil_date_of(days));
    text.push_back('T');
    append_digits(text, second_of_day / 3600, 2);
    text.push_back(':');
    append_digits(text, second_of_day / 60 % 60, 2);
    text.push_back(':');
    append_digits(text, second_of_day % 60, 2);
    if (fraction != 0) {
        text.push_back('.');
        append_digits(text, fraction, 6);
    }
    text.push_back('Z');
    return text;
}

Result<BusinessDate> BusinessDate::from_civil(int year, int month, int day) {
    const CivilDate date{year, month, day};
    if (!exists(date)) return bad_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
    return business_date_of(date);
}

Result<BusinessDate> BusinessDate::parse(std::string_view text) {
    const auto date = read_civil_date(text);
    if (!date || !exists(*date)) return bad_date(text);
    return business_date_of(*date);
}

int BusinessDate::year() const {
    return static_cast<int>(civil_date_of(days).year);
}

int BusinessDate::month() const {
    return civil_date_of(days).month;
}

int BusinessDate::day() const {
    return civil_date_of(days).day;
}

int BusinessDate::weekday() const {
    // 1970-01-01 was a Thursday.
    const std::int64_t from_monday = std::int64_t{days} + 3;
    return static_cast<int>(from_monday - floor_divide(from_monday, 7) * 7);
}

bool BusinessDate::is_month_end() const {
    return civil_date_of(std::int64_t{days} + 1).day == 1;
}

std::string BusinessDate::text() const {
    std::string text;
    append_date(text, civil_date_of(days));
    return text;
}

std::string BusinessDate::month_text() const {
    std::string text;
    append_month(text, civil_date_of(days));
    return text;
}

}  // namespace meshline
