-- Which contract each version of a stream had last, so that one that breaks it is told from one that
-- adds to it. The contract's bytes are a definition.
create table stream_versions (
    stream text not null,
    version integer not null,
    contract_digest text not null,
    primary key (stream, version)
) strict, without rowid;
