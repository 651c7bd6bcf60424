#pragma once

#include "base/money/decimal.hpp"
#include "base/time/instant.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/finding.hpp"
#include "core/workspace/definition_head.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

enum class CheckKind : std::uint8_t { row, cross, invariant, freshness, volume, balance };
enum class CheckSeverity : std::uint8_t { note, quarantine, hold };

struct CheckDefinition {
    DefinitionHead head;
    CheckKind kind = CheckKind::row;
    CheckSeverity severity = CheckSeverity::note;
    Severity exception_severity = Severity::medium;
    std::vector<std::string> clients;  ///< Empty: all.
    // row, cross and balance
    Book book = Book::commerce;
    std::vector<std::string> entries;
    std::string column;  ///< Of the entries, or a key of their attributes.
    /// Of a number, by currency; under "" for whatever currency. What is not named has no bound.
    std::map<std::string, Decimal> at_least;
    std::map<std::string, Decimal> at_most;
    std::optional<Instant> not_before;  ///< The same of a date (its start in UTC) or an instant.
    std::optional<Instant> not_after;
    std::vector<std::string> one_of;
    bool is_required = false;  ///< The column must not be empty.
    /// What failing rows may come to, their sizes added up, by currency as at_least: up to it they
    /// pass.
    std::map<std::string, Decimal> above;
    // cross: per group, |sum of entries| <= |sum of limit_entries| + tolerance
    std::string group_by;
    Book limit_book = Book::commerce;
    std::vector<std::string> limit_entries;
    Decimal tolerance;  ///< Of balance too.
    // invariant: metric = sum of signed parts, per day
    std::string metric;
    std::vector<std::pair<int, std::string>> parts;  ///< {+1|-1, metric}
    // balance: per account, opening + entries of the book between = closing
    std::string account_column;  ///< Says of an entry which account it moves.
    // freshness, volume, balance
    std::string source;
    std::string stream;
    int within_hours = 0;
    /// Robust z-score above which a day is an anomaly, in thousandths.
    int threshold_milli = 4000;
    int window_days = 56;
    int history_days_min = 14;
    std::string measure;  ///< events, or a metric's name
    std::string fix;
};

}  // namespace meshline
