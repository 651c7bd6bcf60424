#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"

#include <optional>
#include <string>

namespace meshline {

/// Nothing for empty text. Error time.bad_date with the form that is wanted.
Result<std::optional<BusinessDate>> optional_date(const std::string& text);

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

}  // namespace meshline
