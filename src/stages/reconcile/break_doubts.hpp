#pragma once

#include "base/result/result.hpp"
#include "core/model/finding.hpp"
#include "core/workspace/definitions.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// Nobody knows which of two sides that differ is wrong, so both are doubtful on their own days.
/// What is missing may belong to any day on which it was awaited: from the day of the item that
/// waits to the day it was due. What is there twice tells nothing of the other side.
///
/// `reason` is one of break_reasons; days are a list of dates with a blank between.
Result<void> add_break_doubts(Finding& finding, const ReconciliationDefinition& reconciliation,
                              const std::string& reason, std::string_view left_days,
                              std::string_view right_days);

}  // namespace meshline
