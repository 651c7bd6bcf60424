#include "base/jsonschema/format_times.hpp"

#include <chrono>
#include <optional>
#include <re2/re2.h>

namespace meshline {
namespace {

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (text.size() < at + digits) return std::nullopt;
    int number = 0;
    for (const char digit : text.substr(at, digits)) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

/// The minutes that "Z" or "+01:30" is ahead of UTC.
std::optional<int> offset_minutes(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const bool is_signed = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':';
    const auto hours = number_at(text, 1, 2);
    const auto minutes = number_at(text, 4, 2);
    if (!is_signed || !hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const int ahead = *hours * 60 + *minutes;
    return text[0] == '-' ? -ahead : ahead;
}

}  // namespace

bool is_full_date(std::string_view text) {
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 5, 2);
    const auto day = number_at(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!year || !month || !day) return false;
    return (std::chrono::year(*year) / *month / *day).ok();
}

bool is_full_time(std::string_view text) {
    const auto hour = number_at(text, 0, 2);
    const auto minute = number_at(text, 3, 2);
    const auto second = number_at(text, 6, 2);
    if (text.size() < 9 || text[2] != ':' || text[5] != ':') return false;
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) return false;
    std::size_t end = 8;
    if (text[end] == '.') {
        const std::size_t begin = ++end;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9')
            ++end;
        if (end == begin) return false;
    }
    const auto ahead = offset_minutes(text.substr(end));
    if (!ahead) return false;
    constexpr int day_minutes = 24 * 60;
    const int utc = (*hour * 60 + *minute - *ahead + day_minutes) % day_minutes;
    return *second < 60 || utc == day_minutes - 1;
}

bool is_date_time(std::string_view text) {
    if (text.size() < 12 || (text[10] != 'T' && text[10] != 't')) return false;
    return is_full_date(text.substr(0, 10)) && is_full_time(text.substr(11));
}

bool is_duration(std::string_view text) {
    constexpr const char* time = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)";
    static const RE2 pattern(
        std::string("P(?:[0-9]+W|") + time +
        "|(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)(?:" + time + ")?)");
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace meshline
