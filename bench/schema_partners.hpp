#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace meshline::bench {

/// Documents a second that another validator judges.
struct PartnerRates {
    double ajv_parsed_before = 0;
    double ajv_parsed_too = 0;
    double sourcemeta_parsed_before = 0;
};

/// Runs ajv and the jsonschema command over the lines of `file`, `count` documents in all, on what
/// `scripts/bootstrap bench` installed. Nothing where it did not.
Result<std::optional<PartnerRates>> measure_partners(const std::string& schema,
                                                     const std::string& file, std::int64_t lines,
                                                     std::int64_t count);

}  // namespace meshline::bench
