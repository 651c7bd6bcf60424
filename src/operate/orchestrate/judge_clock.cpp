#include "operate/orchestrate/judge_clock.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::int64_t micros_per_minute = 60'000'000;
constexpr std::int64_t micros_per_day = 86'400'000'000;

Error not_plausible(Instant now, const std::string& than) {
    return Error{.kind = ErrorKind::refused,
                 .code = "clock.not_plausible",
                 .message = fmt::format("the clock stands at {}, {}", now.text(), than),
                 .hint =
                     "Set the machine's clock; records keep the time at which they came for"
                     " ever. If the clock is right, add --accept-clock."};
}

}  // namespace

Result<std::optional<Instant>> received_at(EventLog& log, const ClientId& client,
                                           Position position) {
    if (position == 0) return std::optional<Instant>();
    MESHLINE_ASSIGN(auto cursor, log.read(client, position, position));
    Event event;
    MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
    return is_there ? std::optional(event.received_at) : std::optional<Instant>();
}

Result<LastCaptures> last_captures(EventLog& log, const ClientId& client) {
    LastCaptures last;
    MESHLINE_ASSIGN(const auto clients, log.clients());
    for (const ClientId& one : clients) {
        MESHLINE_ASSIGN(const LogHead head, log.head(one));
        MESHLINE_ASSIGN(const auto received, received_at(log, one, head.position));
        if (one == client) last.of_client = received;
        last.of_folder = std::max(last.of_folder, received);
    }
    return last;
}

Result<void> judge_clock(Instant now, const LastCaptures& last) {
    if (now < release_at)
        return not_plausible(now, "before this release was made, " + release_at.text());
    if (last.of_client &&
        now.micros < last.of_client->micros - clock_back_minutes_max * micros_per_minute) {
        return not_plausible(now, fmt::format("more than an hour before the client's last capture,"
                                              " {}",
                                              last.of_client->text()));
    }
    const Instant rest = std::max(last.of_folder.value_or(release_at), release_at);
    if (now.micros > rest.micros + clock_ahead_days_max * micros_per_day) {
        return not_plausible(
            now, fmt::format("more than {} days after {}, {}", clock_ahead_days_max,
                             last.of_folder ? "the last capture" : "this release", rest.text()));
    }
    return {};
}

}  // namespace meshline
