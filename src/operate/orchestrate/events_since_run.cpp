#include "operate/orchestrate/events_since_run.hpp"

#include "operate/orchestrate/check_log.hpp"

namespace meshline {

Result<std::optional<std::int64_t>> events_since_run(ControlStore& control, EventLog& log,
                                                     const ClientId& client) {
    MESHLINE_ASSIGN(const auto known, control.known_log(client));
    MESHLINE_ASSIGN(const auto run, control.last_finished_run(client));
    const auto head = log.head(client);
    const bool can_tell = head.ok() && run && run->log_position <= head->position;
    if (!can_tell || (known && known->position > head->position))
        return std::optional<std::int64_t>();
    MESHLINE_TRY(check_log(control, log, client));
    return std::optional(static_cast<std::int64_t>(head->position - run->log_position));
}

}  // namespace meshline
