-- How far each client's log is known to go, and its root there, so that a log that was put in the
-- place of another, or lost its end, is told also where nothing was published from that end.
create table log_heads (
    client_id text primary key,
    position integer not null,
    root text not null
) strict, without rowid;
insert into log_heads
select client_id, max(log_position), log_root
from publications
group by client_id;
