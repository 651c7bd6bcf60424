#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"

#include <optional>
#include <string>

namespace meshline {

/// The first and the last day of what an option names: a day (2026-03-01), a month (2026-03), a
/// quarter (2026-Q1) or a year (2026). Nothing for empty text. Error time.bad_period.
Result<std::optional<BusinessDate>> optional_first_day(const std::string& text);
Result<std::optional<BusinessDate>> optional_last_day(const std::string& text);

/// Error time.bad_period when `from` is after `to`.
Result<void> check_order(const std::optional<BusinessDate>& from,
                         const std::optional<BusinessDate>& to);

/// A span of days, both ends included.
struct Period {
    BusinessDate from;
    BusinessDate to;
};

/// "2026-03-01", or "2026-03" for a whole month. Error time.bad_period for other text.
Result<Period> parse_period(const std::string& text);

/// These, "2026-Q1" for a quarter or "2026" for a year. Error time.bad_period for other text.
Result<Period> parse_span(const std::string& text);

}  // namespace meshline
