#pragma once

#include "core/model/finding.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/reconcile/break_days.hpp"

#include <string>

namespace meshline {

/// Nobody knows which of two sides that differ is wrong, so both are doubtful on their own days.
/// What is missing may belong to any day on which it was awaited: from the day of the item that
/// waits to the day it was due. What is there twice tells nothing of the other side.
///
/// `reason` is one of break_reasons; `days` are those of all entries of the items.
void add_break_doubts(Finding& finding, const ReconciliationDefinition& reconciliation,
                      const std::string& reason, SideDays days);

}  // namespace meshline
