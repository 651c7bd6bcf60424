#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "operate/answers/period.hpp"

#include <optional>
#include <string>

namespace meshline {

/// "2026-03-01", "2026-W10", "2026-03", "2026-Q1" or "2026", as reports write them. Error
/// time.bad_period for other text.
Result<Period> parse_period(const std::string& text);

/// The first and the last day of the period that an option names. Nothing for empty text. Error
/// time.bad_period.
Result<std::optional<BusinessDate>> optional_first_day(const std::string& text);
Result<std::optional<BusinessDate>> optional_last_day(const std::string& text);

/// Error time.bad_period when `from` is after `to`.
Result<void> check_order(const std::optional<BusinessDate>& from,
                         const std::optional<BusinessDate>& to);

}  // namespace meshline
