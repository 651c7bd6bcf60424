-- The control store: definitions, runs, checks, exceptions, publications and the audit tree.
-- Migrations are numbered and forward only; one that was released is never edited.
-- Digests are 64 hex digits, instants are UTC microseconds, dates are days since 1970-01-01,
-- amounts are millionths.

create table definitions (
    digest text primary key,
    kind text not null,
    name text not null,
    bytes blob not null
) strict, without rowid;

-- Figures, manifests and check summaries that publications commit to, under their SHA-256.
create table blobs (
    digest text primary key,
    bytes blob not null
) strict, without rowid;

create table runs (
    run_id text primary key,
    client_id text not null,
    started_at integer not null,
    finished_at integer,
    outcome text not null,
    log_position integer not null
) strict;

create table check_results (
    check_result_id integer primary key,
    run_id text not null references runs,
    client_id text not null,
    check_name text not null,
    check_digest text not null,
    subject text not null,
    severity text not null,
    is_passed integer not null,
    failing_rows integer not null,
    measured text not null,
    sample text not null,
    from_on integer,
    to_on integer
) strict;
create index check_results_by_check on check_results (client_id, check_name, check_result_id);

create table exceptions (
    exception_id text primary key,
    client_id text not null,
    stage text not null,
    type text not null,
    key text not null,
    status text not null,
    owner text not null,
    severity text not null,
    at_risk integer,
    -- The amount in minor units of its currency, for ordering: without a rate, one yen beside one
    -- cent is the fairest comparison there is.
    at_risk_minor integer,
    currency text,
    from_on integer,
    to_on integer,
    book text not null,
    title text not null,
    evidence text not null,
    fixes text not null,
    opened_at integer not null,
    closed_at integer,
    times_opened integer not null
) strict, without rowid;
create index exceptions_by_stage on exceptions (client_id, stage, status);

create table publications (
    sequence integer primary key,
    client_id text not null,
    metric text not null,
    period integer not null,
    version integer not null,
    state text not null,
    reason text not null,
    log_position integer not null,
    log_root text not null,
    definitions_digest text not null,
    checks_digest text not null,
    result_digest text not null,
    published_at integer not null,
    run_id text not null,
    leaf_index integer not null
) strict;
create index publications_by_unit on publications (client_id, metric, period, sequence);

create table audit_leaves (
    leaf_index integer primary key,
    leaf blob not null
) strict;

-- The right edge of the RFC 6962 tree over audit_leaves.
create table audit_tree (
    tree_id integer primary key check (tree_id = 1),
    size integer not null,
    root text not null,
    frontier blob not null
) strict;
