#pragma once

#include "base/json/json_value.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace meshline {

/// On a field of a contract: the person or team of owners.yaml that answers for it.
constexpr std::string_view owner_keyword = "x-meshline-owner";

/// The schema's canonical JSON without what only names and explains: owners, titles, descriptions,
/// comments and examples, of the root and of every schema inside. `used` are the offsets of the
/// schemas that references lead to: an example that is one of them stays.
std::string contract_meaning(JsonValue schema, const std::set<std::size_t>& used);

}  // namespace meshline
