-- How each version of a stream tells its records apart, so that a change of that is told from the
-- contract's. Empty for what was noted before this.
alter table stream_versions add column identity text not null default '';

-- By what each client's streams were told apart when they were captured. An empty identity stands
-- for events of before this that are not by the identity that their stream has.
create table captured_identities (
    client_id text not null,
    source text not null,
    stream text not null,
    identity text not null,
    primary key (client_id, source, stream, identity)
) strict, without rowid;
