#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// One file packs/<pack>/tests/*.yaml:
///   test: NAME
///   stream: orders
///   client: {zone: America/New_York, currency: USD}
///   source: {zone, decimal_mark, date_order, columns: {field: column}, constants: {field: text}}
///   capture: [[file of the pack or a record as JSON, ...], [...]]     one list per capture
///   counts: {events, duplicates, revisions, conflicts, failed}        of all captures together
///   records: 2            live rows of the relation; not counted when absent, as touchpoints
///   record_sums: [{record_type, currency, amount}]    of the live rows; not asked when absent
///   touchpoints: 1
///   transform_failures: 1   events whose contract holds and whose transform does not; else none
///   sums: [{entry_type, business_on, currency, amount}]               all that are not zero
/// `source`, `records`, `record_sums`, `touchpoints` and `transform_failures` are optional.
struct PackCase {
    std::string pack;
    std::string file;  ///< Relative to the repository.
    std::string stream;
    std::map<std::string, std::string> client;
    std::map<std::string, std::string> source;
    std::map<std::string, std::string> columns;
    std::map<std::string, std::string> constants;
    std::vector<std::vector<std::string>> captures;
    std::map<std::string, std::int64_t> counts;
    std::optional<std::int64_t> records;
    std::optional<std::vector<std::string>> record_sums;  ///< "charge USD 1.000000", sorted.
    std::optional<std::int64_t> touchpoints;
    std::int64_t transform_failures = 0;
    /// "gross_sale 2026-03-01 USD 100.000000", sorted.
    std::vector<std::string> sums;
};

/// Error yaml.* or test.bad_case, with the place.
Result<PackCase> read_pack_case(const std::string& pack, const std::string& file,
                                const std::string& text);

/// The workspace that the case asks for, file by file: one client "shop", one source "source".
std::map<std::string, std::string> workspace_of(const PackCase& pack_case);

}  // namespace meshline
