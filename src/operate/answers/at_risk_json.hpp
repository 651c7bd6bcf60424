#pragma once

#include "base/json/json_writer.hpp"
#include "core/control/money_at_risk.hpp"

#include <vector>

namespace meshline {

/// The member "at_risk" of an object: what is at risk of each client and currency.
void write_at_risk(JsonWriter& writer, const std::vector<MoneyAtRisk>& risks);

}  // namespace meshline
