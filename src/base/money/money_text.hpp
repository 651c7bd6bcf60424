#pragma once

#include <string>
#include <string_view>

namespace meshline {

/// A number of the warehouse ("12.500000") with its currency's digits, more where the value has
/// them: "12.50" of USD, "1000" of JPY, "1.234" of KWD; no more digits than it needs where the code
/// is none. Text that is no number stays as it is. For machines and people; people's has
/// with_thousands() around it.
std::string amount_text(std::string_view number, std::string_view currency_code);

}  // namespace meshline
