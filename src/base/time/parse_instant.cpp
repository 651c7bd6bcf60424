#include "base/text/shorten.hpp"
#include "base/time/civil.hpp"
#include "base/time/zone.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// A text taken apart. Without an offset the time is local.
struct Written {
    CivilDate date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::int64_t micros = 0;
    std::optional<std::int64_t> offset_seconds;
};

std::string_view take_digits(std::string_view& text) {
    const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(size);
    return taken;
}

bool take(std::string_view& text, char letter) {
    if (text.empty() || text[0] != letter) return false;
    text.remove_prefix(1);
    return true;
}

/// Two digits up to `most`.
std::optional<int> take_pair(std::string_view& text, int most) {
    const auto value = read_digits(text.substr(0, 2), 2);
    if (!value || *value > most) return std::nullopt;
    text.remove_prefix(2);
    return value;
}

/// The first six digits of a fraction; finer ones are cut off.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    std::int64_t micros = 0;
    for (std::size_t index = 0; index < 6; ++index) {
        micros = micros * 10 + (index < digits.size() ? digits[index] - '0' : 0);
    }
    return micros;
}

/// "9:30", "09:30:00" or "09:30:00.123456". Seconds go to 59: a leap second has no microsecond of
/// its own in UTC as machines count it.
bool take_time(std::string_view& text, Written& written) {
    const std::string_view hour = take_digits(text);
    const auto hour_value = read_digits(hour, hour.size() == 1 ? 1 : 2);
    if (!hour_value || *hour_value > 23 || !take(text, ':')) return false;
    const auto minute = take_pair(text, 59);
    if (!minute) return false;
    written.hour = *hour_value;
    written.minute = *minute;
    if (!take(text, ':')) return true;
    const auto second = take_pair(text, 59);
    if (!second) return false;
    written.second = *second;
    if (!take(text, '.') && !take(text, ',')) return true;
    const auto micros = take_fraction(text);
    if (!micros) return false;
    written.micros = *micros;
    return true;
}

/// "Z", "UTC", "+02:00", "+0200" or "+02", after at most one space; or nothing at all.
bool take_offset(std::string_view& text, Written& written) {
    if (text.empty()) return true;
    take(text, ' ');
    if (text == "Z" || text == "z" || text == "UTC") {
        text = {};
        written.offset_seconds = 0;
        return true;
    }
    if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
    const std::int64_t sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take_pair(text, 23);
    if (!hours) return false;
    int minutes = 0;
    if (!text.empty()) {
        take(text, ':');
        const auto taken = take_pair(text, 59);
        if (!taken) return false;
        minutes = *taken;
    }
    written.offset_seconds = sign * (std::int64_t{*hours} * 3600 + std::int64_t{minutes} * 60);
    return text.empty();
}

std::optional<Written> take_apart(std::string_view text) {
    constexpr std::size_t date_size = 10;
    const auto date = read_civil_date(text.substr(0, date_size));
    if (!date || !exists(*date)) return std::nullopt;
    Written written{.date = *date};
    text.remove_prefix(date_size);
    if (text.empty()) return written;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
    if (!take_time(text, written) || !take_offset(text, written)) return std::nullopt;
    return written;
}

Error bad_instant(std::string_view text) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "time.bad_instant",
                 .message = fmt::format("\"{}\" is not a point in time", shortened(text, 80)),
                 .hint =
                     "Times are written as 2026-03-01T09:30:00Z or 2026-03-01 09:30:00; their"
                     " date must exist, in the years 1 to 9999 of UTC."};
}

}  // namespace

Result<Instant> parse_instant(std::string_view text, const std::optional<Zone>& zone) {
    const std::optional<Written> written = take_apart(text);
    if (!written) return bad_instant(text);
    if (!written->offset_seconds && !zone) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "time.no_zone",
                     .message = fmt::format("\"{}\" says no offset from UTC", shortened(text, 80)),
                     .hint = "Name the time zone that the source writes its times in."};
    }
    const std::int64_t second = days_of(written->date) * seconds_per_day +
                                std::int64_t{written->hour} * 3600 +
                                std::int64_t{written->minute} * 60 + written->second;
    const std::int64_t shown = second * micros_per_second + written->micros;
    const Instant instant = written->offset_seconds
                                ? Instant{shown - *written->offset_seconds * micros_per_second}
                                : zone->instant_of(shown);
    if (instant < instant_min || instant > instant_max) return bad_instant(text);
    return instant;
}

}  // namespace meshline
