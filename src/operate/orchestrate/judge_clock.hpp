#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/ids.hpp"

#include <optional>

namespace meshline {

/// The day on which this release was made: no clock that is right stands before it.
inline constexpr Instant release_at{1'793'491'200'000'000};  // 2026-11-01T00:00:00Z
/// How far a clock may be put back between two captures: machines correct themselves.
inline constexpr int clock_back_minutes_max = 60;
/// How long a data folder may rest. A clock that stands later was more likely set wrongly.
inline constexpr int clock_ahead_days_max = 400;

/// When the event at the position came; nothing where there is none.
Result<std::optional<Instant>> received_at(EventLog& log, const ClientId& client,
                                           Position position);

/// When records came last.
struct LastCaptures {
    std::optional<Instant> of_client;
    std::optional<Instant> of_folder;  ///< Of all its clients.
};
/// From the last event of each client's log.
Result<LastCaptures> last_captures(EventLog& log, const ClientId& client);

/// Records are dated by the clock for ever, and the log's today is the latest of them: one capture
/// under a clock of 2099 would make every later day one that is over. Error clock.not_plausible for
/// a clock that stands before this release, more than an hour before the client's last capture, or
/// more than 400 days after the folder's last one and this release.
Result<void> judge_clock(Instant now, const LastCaptures& last);

}  // namespace meshline
