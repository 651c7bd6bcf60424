#pragma once

#include "core/stage/stage.hpp"

#include <string>
#include <vector>

namespace meshline {

/// What evaluating one check gave.
struct Checked {
    std::vector<CheckResult> results;  ///< At least one, also when all is well.
    std::vector<Finding> findings;
};

Result<Checked> check_rows(StageContext& context, const CheckDefinition& check);
Result<Checked> check_cross(StageContext& context, const CheckDefinition& check);
Result<Checked> check_invariant(StageContext& context, const CheckDefinition& check);
Result<Checked> check_freshness(StageContext& context, const CheckDefinition& check);
Result<Checked> check_volume(StageContext& context, const CheckDefinition& check);
Result<Checked> check_balance(StageContext& context, const CheckDefinition& check);

/// A passed result with what run, client and check have in common.
CheckResult new_result(const StageContext& context, const CheckDefinition& check,
                       std::string subject);
/// A finding with the check's owner, severity, fix and evidence head.
Finding new_finding(const CheckDefinition& check, std::string type, std::string key);

/// "from entries e where ..." of the live entries that a row or cross check looks at: those of
/// superseded revisions have had their say.
std::string live_entries_sql(const StageContext& context, Book book,
                             const std::vector<std::string>& entries);
/// Brings the check's rows in quarantined_entries up to date and marks the days that changed.
/// `failing` is "from entries e where ...": kept out where the check's severity is quarantine.
Result<void> quarantine(StageContext& context, const CheckDefinition& check,
                        const std::string& failing);

/// Rows of a query as a JSON array of objects, the first `sample_rows_max` of them.
inline constexpr std::size_t sample_rows_max = 10;
std::string sample_json(const Rows& rows);

}  // namespace meshline
