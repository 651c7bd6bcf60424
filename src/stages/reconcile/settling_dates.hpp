#pragma once

#include "core/stage/stage.hpp"

#include <optional>

namespace meshline {

/// By which days it is judged whether an item is late: the date that the log has come to, and the
/// date on which a record of each side came last, whatever day it told of. Nothing for a side that
/// no connected stream writes to.
struct SettlingDates {
    BusinessDate today;
    std::optional<BusinessDate> left_came_on;
    std::optional<BusinessDate> right_came_on;
};

Result<SettlingDates> settling_dates(StageContext& context,
                                     const ReconciliationDefinition& reconciliation);

}  // namespace meshline
