#pragma once

#include "core/control/control_store.hpp"
#include "core/control/money_at_risk.hpp"

#include <string>
#include <vector>

namespace meshline {

/// "at least 515,316.00 USD and about 1,200.00 USD of absent records (estimated)"; empty where
/// nothing is.
std::string money_at_risk_text(const std::vector<MoneyAtRisk>& risks);
std::string exceptions_text(const std::vector<ExceptionItem>& items);
std::string exceptions_json(const std::vector<ExceptionItem>& items);

}  // namespace meshline
