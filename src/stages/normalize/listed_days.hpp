#pragma once

#include "base/result/result.hpp"
#include "core/model/finding.hpp"

#include <string_view>
#include <vector>

namespace meshline {

/// The days of a list that a query made: "2026-03-01 2026-03-02", none of "".
Result<std::vector<BusinessDate>> listed_days(std::string_view list);

/// A finding is about the first to the last of the days, which may be in any order or none.
void set_span(Finding& finding, const std::vector<BusinessDate>& days);

}  // namespace meshline
