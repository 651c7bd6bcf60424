#pragma once

#include "base/result/result.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// A point in time: UTC microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t micros = 0;

    /// RFC 3339 in UTC: "2026-03-01T09:30:00Z", with microseconds only where there are some.
    std::string text() const;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// The first microsecond of the year 1 and the last of the year 9999. Whatever records say, no
/// instant or date beyond them leaves base: neither has a text that the readers of texts take.
inline constexpr Instant instant_min{-62'135'596'800'000'000};
inline constexpr Instant instant_max{253'402'300'799'999'999};

/// A proleptic Gregorian calendar date, without a zone: days since 1970-01-01. Years 0001 to 9999.
struct BusinessDate {
    std::int32_t days = 0;

    static Result<BusinessDate> from_civil(int year, int month, int day);
    /// "2026-03-01". Error time.bad_date (also for 2026-02-30).
    static Result<BusinessDate> parse(std::string_view text);

    int year() const;
    int month() const;
    int day() const;
    /// 0 is Monday, 6 is Sunday.
    int weekday() const;
    bool is_month_end() const;
    std::string text() const;
    /// "2026-03".
    std::string month_text() const;
    friend auto operator<=>(const BusinessDate&, const BusinessDate&) = default;
};

inline constexpr BusinessDate date_min{-719'162};   // 0001-01-01
inline constexpr BusinessDate date_max{2'932'896};  // 9999-12-31

}  // namespace meshline
