#include "drivers/sqlite/sqlite_control.hpp"

namespace meshline {

Result<ReservedEventsRead> SqliteControl::reserved_events(const ClientId& client) {
    ReservedEventsRead read;
    Statement mark =
        database_.prepare("select position, root from reserved_events_read where client_id = ?");
    mark.bind(client.text());
    MESHLINE_ASSIGN(const bool has_mark, mark.step());
    if (!has_mark) return read;
    read.position = static_cast<Position>(mark.integer(0));
    MESHLINE_ASSIGN(read.root, mark.digest(1));
    Statement select = database_.prepare(
        "select position, stream, event_id, received_at, payload from reserved_events"
        " where client_id = ? order by position");
    select.bind(client.text());
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return read;
        read.events.push_back({static_cast<Position>(select.integer(0)), select.text(1),
                               select.text(2), Instant{select.integer(3)}, select.text(4)});
    }
}

Result<void> SqliteControl::keep_reserved_events(const ClientId& client,
                                                 const ReservedEventsRead& added, bool is_anew) {
    return database_.transact([&]() -> Result<void> {
        if (is_anew) {
            Statement forget = database_.prepare("delete from reserved_events where client_id = ?");
            forget.bind(client.text());
            MESHLINE_TRY(forget.run());
        }
        Statement insert = database_.prepare(
            "insert or replace into reserved_events"
            " (client_id, position, stream, event_id, received_at, payload)"
            " values (?, ?, ?, ?, ?, ?)");
        for (const ReservedEvent& event : added.events) {
            insert.reset();
            insert.bind(client.text()).bind(event.position).bind(event.stream);
            insert.bind(event.event_id).bind(event.received_at.micros).bind(event.payload);
            MESHLINE_TRY(insert.run());
        }
        Statement mark = database_.prepare(
            "insert into reserved_events_read (client_id, position, root) values (?, ?, ?)"
            " on conflict (client_id) do update set position = excluded.position,"
            " root = excluded.root");
        mark.bind(client.text()).bind(added.position).bind(added.root);
        return mark.run();
    });
}

}  // namespace meshline
