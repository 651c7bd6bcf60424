#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"

#include <optional>
#include <string>

namespace meshline {

/// Nothing for empty text. Error time.bad_date with the form that is wanted.
Result<std::optional<BusinessDate>> optional_date(const std::string& text);

/// A span of days, both ends included.
struct Period {
    BusinessDate from;
    BusinessDate to;
};

/// "2026-03-01", or "2026-03" for a whole month.
Result<Period> parse_period(const std::string& text);

}  // namespace meshline
