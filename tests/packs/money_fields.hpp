#pragma once

#include "base/json/json_value.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The numbers of a contract, where money may be: `total_tax`, `line_items[].price_set`. A number
/// is what is marked `money` or `integer` (minor units, pieces, clicks), or without a mark what may
/// be a number by its type, or the JSON of a `_set`. An object of `shop_money` is one field, and so
/// is every number inside.
std::set<std::string> number_fields(JsonValue contract);

/// A row of the table under "## Money fields" of a pack's README: stream | field | decision.
struct MoneyDecision {
    std::vector<std::string> streams;
    std::vector<std::string> fields;
    std::string decision;  ///< "not read: ..." of a field that the contract does not have.
    int line = 0;
};

std::vector<MoneyDecision> money_decisions(std::string_view readme);

/// What is undecided, decided twice, or decided about nothing; `contracts` are the numbers of each
/// stream's contract.
std::vector<std::string> money_problems(
    const std::vector<MoneyDecision>& decisions,
    const std::map<std::string, std::set<std::string>>& contracts);

}  // namespace meshline
