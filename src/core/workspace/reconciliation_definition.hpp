#pragma once

#include "base/money/decimal.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/finding.hpp"
#include "core/workspace/definition_head.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace meshline {

struct SideDefinition {
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::vector<std::string> above_zero;  ///< Of these entry types ("+tip") only what was charged.
    std::vector<std::string> below_zero;  ///< Of these ("-tip") only what was given back.
    std::string item = "object_id";  ///< Entries of one item: the same value here and one currency.
    bool is_negated = false;
    std::string source;  ///< Only this source's entries; empty: all.
};

enum class MatchKind : std::uint8_t { one_to_one, many_to_one, one_to_many };

/// Rules run in order; an item that a rule takes is gone for the next.
struct MatchRule {
    std::string name;
    MatchKind kind = MatchKind::one_to_one;
    std::string left_key;
    std::string right_key;
    Decimal tolerance_absolute;
    int tolerance_percent_milli = 0;  ///< Of the left amount, in thousandths of a percent.
    /// right date - left date within [lag_days_min, lag_days_max].
    int lag_days_min = 0;
    int lag_days_max = 0;
    bool is_lag_checked = false;
    bool is_confirmed = true;  ///< false: matches are suggestions.
    /// An unequal pair with this key is a break of its own; false: both go on to the next rule.
    bool is_final = true;
};

struct BreakPolicy {
    Severity severity = Severity::medium;
    std::string owner;
    std::string fix;
};

struct ReconciliationDefinition {
    DefinitionHead head;
    std::vector<std::string> clients;  ///< Empty: all.
    SideDefinition left;
    SideDefinition right;
    std::vector<MatchRule> rules;
    int due_days_right = 0;  ///< An unmatched left item is expected until its date + this.
    int due_days_left = 0;
    bool is_right_optional = false;  ///< Left items without a right one are no break.
    bool is_left_optional = false;
    bool is_left_doubtful = true;  ///< A break makes figures of the left book doubtful.
    bool is_right_doubtful = true;
    std::map<std::string, BreakPolicy> breaks;  ///< By reason, see break_reasons.
};

inline constexpr const char* break_reasons[] = {
    "missing_left",    "missing_right",  "amount_difference", "currency_difference",
    "date_difference", "duplicate_left", "duplicate_right"};

}  // namespace meshline
