#pragma once

#include "operate/answers/exception_list.hpp"

#include <string>
#include <vector>

namespace meshline {

/// "at least 515,316.00 USD and about 1,200.00 USD of absent records (estimated)"; empty where
/// nothing is.
std::string money_at_risk_text(const std::vector<MoneyAtRisk>& risks);
std::string exceptions_text(const ExceptionList& list);

}  // namespace meshline
