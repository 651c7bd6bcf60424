#include "base/time/clock_rule.hpp"

#include "base/time/civil.hpp"

#include <algorithm>

namespace meshline {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

}  // namespace

/// Takes a rule apart from left to right; once something is missing nothing is good any more.
class ClockRuleReader {
  public:
    explicit ClockRuleReader(std::string_view text) : rest_(text) {}

    std::optional<ClockRule> read() {
        ClockRule rule;
        skip_name();
        // POSIX counts westward.
        rule.standard_ = -seconds(24);
        rule.daylight_ = rule.standard_ + 3600;
        rule.has_daylight_ = !rest_.empty();
        if (rule.has_daylight_) {
            skip_name();
            if (!rest_.empty() && rest_.front() != ',') rule.daylight_ = -seconds(24);
            rule.start_ = change();
            rule.end_ = change();
        }
        if (!is_good_ || !rest_.empty()) return std::nullopt;
        return rule;
    }

  private:
    bool take(char letter) {
        if (rest_.empty() || rest_.front() != letter) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void need(char letter) { is_good_ = take(letter) && is_good_; }

    /// "EST" or "<-03>". POSIX asks for three letters; zic writes what its source says.
    void skip_name() {
        const bool is_quoted = take('<');
        std::size_t size = 0;
        while (size < rest_.size() &&
               (is_letter(rest_[size]) ||
                (is_quoted && (is_digit(rest_[size]) || rest_[size] == '+' || rest_[size] == '-'))))
            ++size;
        is_good_ = is_good_ && size > 0;
        rest_.remove_prefix(size);
        if (is_quoted) need('>');
    }

    int number(int least, int most) {
        int value = 0;
        std::size_t size = 0;
        while (size < rest_.size() && size < 4 && is_digit(rest_[size]))
            value = value * 10 + (rest_[size++] - '0');
        is_good_ = is_good_ && size > 0 && value >= least && value <= most;
        rest_.remove_prefix(size);
        return value;
    }

    /// "5", "-3:30" or "+167:59:59".
    std::int32_t seconds(int hours_max) {
        const bool is_negative = take('-');
        if (!is_negative) take('+');
        std::int32_t value = number(0, hours_max) * 3600;
        if (take(':')) value += number(0, 59) * 60;
        if (take(':')) value += number(0, 59);
        return is_negative ? -value : value;
    }

    /// ",M3.2.0/2", ",J60" or ",59/-1".
    ClockRule::YearlyChange change() {
        using Day = ClockRule::YearlyChange::Day;
        ClockRule::YearlyChange made;
        need(',');
        if (take('M')) {
            made.month = number(1, 12);
            need('.');
            made.week = number(1, 5);
            need('.');
            made.weekday = number(0, 6);
        } else {
            made.day = take('J') ? Day::julian : Day::counted;
            made.number = made.day == Day::julian ? number(1, 365) : number(0, 365);
        }
        if (take('/')) made.second_of_day = seconds(167);
        return made;
    }

    std::string_view rest_;
    bool is_good_ = true;
};

std::optional<ClockRule> ClockRule::parse(std::string_view text) {
    return ClockRuleReader(text).read();
}

std::int64_t ClockRule::YearlyChange::local_second(std::int64_t year) const {
    const std::int64_t new_year = days_of({year, 1, 1});
    std::int64_t days = new_year + number;
    if (day == Day::julian) {
        // The 60th day is the first of March in every year.
        days = new_year + number - 1 + (is_leap_year(year) && number >= 60 ? 1 : 0);
    } else if (day == Day::weekday) {
        const std::int64_t first = days_of({year, month, 1});
        const std::int64_t next_month =
            month == 12 ? days_of({year + 1, 1, 1}) : days_of({year, month + 1, 1});
        // 1970-01-01 was a Thursday, day 4 of a week from Sunday.
        const std::int64_t first_weekday = first + 4 - floor_divide(first + 4, 7) * 7;
        days = first + (weekday - first_weekday + 7) % 7 + std::int64_t{7} * (week - 1);
        while (days >= next_month)
            days -= 7;
    }
    return days * seconds_per_day + second_of_day;
}

std::vector<ZoneRules::Transition> ClockRule::transitions(std::int64_t from,
                                                          std::int64_t to) const {
    std::vector<ZoneRules::Transition> found;
    if (!has_daylight_) return {{days_of({from, 1, 1}) * seconds_per_day, standard_}};
    for (std::int64_t year = from; year <= to; ++year) {
        found.push_back({start_.local_second(year) - standard_, daylight_});
        found.push_back({end_.local_second(year) - daylight_, standard_});
    }
    // Daylight saving that lasts all year ends when it begins again: the beginning has it.
    const auto is_before = [&](const ZoneRules::Transition& left,
                               const ZoneRules::Transition& right) {
        if (left.second != right.second) return left.second < right.second;
        return left.offset == standard_ && right.offset != standard_;
    };
    std::ranges::sort(found, is_before);
    std::vector<ZoneRules::Transition> kept;
    for (const ZoneRules::Transition& one : found) {
        if (!kept.empty() && kept.back().second == one.second) kept.pop_back();
        kept.push_back(one);
    }
    return kept;
}

}  // namespace meshline
