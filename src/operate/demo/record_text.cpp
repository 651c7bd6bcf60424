#include "operate/demo/faults.hpp"
#include "operate/demo/records.hpp"

#include <cstdlib>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

}  // namespace

std::string amount_text(const Trade& trade, std::int64_t minor) {
    return money_of(trade, minor).amount.text(trade.currency.minor_digits());
}

std::int64_t unix_seconds(Instant instant) {
    return instant.micros / micros_per_second;
}

std::string shop_time_text(const Trade& trade, Instant instant) {
    const BusinessDate date = trade.calendar.business_on(instant);
    // Counted back from the next midnight, so that a change of the clocks earlier in the day, when
    // nobody shops, does not matter.
    const Instant midnight = trade.calendar.start_of({date.days + 1});
    const std::int64_t second = seconds_per_day - (unix_seconds(midnight) - unix_seconds(instant));
    const std::int64_t offset = date.days * seconds_per_day + second - unix_seconds(instant);
    const std::int64_t offset_minutes = std::abs(offset) / 60;
    return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", date.text(), second / 3600,
                       second / 60 % 60, second % 60, offset < 0 ? '-' : '+', offset_minutes / 60,
                       offset_minutes % 60);
}

}  // namespace meshline
