#include "core/stage/client_captures.hpp"

#include "core/model/reserved_source.hpp"

#include <iterator>

namespace meshline {

Result<std::vector<ReservedEvent>> reserved_events(EventLog& log, ControlStore& control,
                                                   const ClientId& client, const LogHead& head) {
    MESHLINE_ASSIGN(ReservedEventsRead kept, control.reserved_events(client));
    bool fits = kept.position <= head.position;
    if (fits && kept.position > 0) {
        // A log that has no such position, or cannot be read there, is read from its beginning.
        const auto root = log.root_at(client, kept.position);
        fits = root.ok() && *root == kept.root;
    }
    if (!fits) kept = {};
    if (kept.position == head.position) return std::move(kept.events);
    ReservedEventsRead added{head.position, head.root, {}};
    MESHLINE_ASSIGN(const auto cursor, log.read(client, kept.position + 1, head.position));
    while (true) {
        Event event;
        MESHLINE_ASSIGN(const bool is_there, cursor->next(event));
        if (!is_there) break;
        if (event.source != reserved_source) continue;
        added.events.push_back({event.position, std::string(event.stream),
                                std::string(event.event_id), event.received_at,
                                std::string(event.payload)});
    }
    MESHLINE_TRY(control.keep_reserved_events(client, added, !fits));
    std::ranges::move(added.events, std::back_inserter(kept.events));
    return std::move(kept.events);
}

Result<CaptureHistory> captures_of(EventLog& log, ControlStore& control, const ClientId& client,
                                   const LogHead& head) {
    MESHLINE_ASSIGN(const auto events, reserved_events(log, control, client, head));
    return CaptureHistory::of(events, head.position);
}

}  // namespace meshline
