#pragma once

#include "base/hash/digest.hpp"
#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <optional>
#include <string>

namespace meshline {

/// One evaluation of one check, kept with history; passes too.
struct CheckResult {
    RunId run;
    ClientId client;
    std::string check;
    Digest check_digest;
    std::string subject;   ///< What was tested: a day, a stream, "all".
    std::string severity;  ///< note, quarantine or hold.
    bool is_passed = true;
    std::int64_t failing_rows = 0;
    std::string measured;              ///< "58 rows, expected 70 to 110"
    std::string sample;                ///< JSON array of the first failing rows.
    std::optional<BusinessDate> from;  ///< Days whose publication a hold stops.
    std::optional<BusinessDate> to;
};

/// A finished or running pass of the stages over one client.
struct RunRecord {
    RunId id;
    ClientId client;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::string outcome;  ///< "running", "done" or the error's code.
    Position log_position = 0;
};

}  // namespace meshline
