-- The events of the reserved source of each client's log up to a position, so that captures and
-- retractions are known without reading the log. Made again from it where the root does not fit.
create table reserved_events (
    client_id text not null,
    position integer not null,
    stream text not null,
    event_id text not null,
    received_at integer not null,
    payload text not null,
    primary key (client_id, position)
) strict, without rowid;

create table reserved_events_read (
    client_id text not null primary key,
    position integer not null,
    root text not null
) strict, without rowid;
