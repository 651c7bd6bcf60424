-- The warehouse: facts derived from the event log, made again from it at any time.
-- Append-only but for the result tables of enrich, validate and reconcile, which a run replaces.
-- No primary keys: loading with them is several times slower; the stages keep keys unique and the
-- tests hold them to it.

-- One signed movement of money or count in a book. A new revision of an object appends the negation
-- (sign = -1) of its earlier rows at its own position, so sums are right at every prefix.
create table entries (
    client_id varchar not null,
    position ubigint not null,
    line_no integer not null,
    sign tinyint not null,
    book varchar not null,
    source varchar not null,
    stream varchar not null,
    entry_type varchar not null,
    occurred_at timestamp not null,
    business_on date not null,
    amount decimal(18, 6) not null,
    currency varchar not null,
    quantity decimal(18, 6),
    object_id varchar not null,
    order_ref varchar,
    payment_ref varchar,
    payout_ref varchar,
    deal_ref varchar,
    customer_ref varchar,
    product_ref varchar,
    channel varchar,
    campaign varchar,
    attributes varchar,
    transform_digest varchar not null,
);

-- A click or session that may earn credit. utm_* are as the source wrote them.
create table touchpoints (
    client_id varchar not null,
    position ubigint not null,
    line_no integer not null,
    source varchar not null,
    stream varchar not null,
    occurred_at timestamp not null,
    business_on date not null,
    object_id varchar not null,
    customer_ref varchar,
    email varchar,
    order_ref varchar,
    utm_source varchar,
    utm_medium varchar,
    utm_campaign varchar,
    referrer varchar,
    landing_page varchar,
    attributes varchar,
    transform_digest varchar not null,
);

-- State of an object that is no movement of its own: record_type is one of record_type.hpp.
create table records (
    client_id varchar not null,
    position ubigint not null,
    line_no integer not null,
    source varchar not null,
    stream varchar not null,
    record_type varchar not null,
    occurred_at timestamp not null,
    business_on date not null,
    object_id varchar not null,
    email varchar,
    customer_ref varchar,
    deal_ref varchar,
    order_ref varchar,
    stage varchar,
    name varchar,
    amount decimal(18, 6),
    currency varchar,
    close_on date,
    attributes varchar,
    transform_digest varchar not null,
);

-- One row per event of a stream that declares revisions: which position holds which revision.
create table revisions (
    client_id varchar not null,
    source varchar not null,
    stream varchar not null,
    object_id varchar not null,
    position ubigint not null,
    -- Greater text is the later revision: the padded value and the payload's digest to break ties.
    revision varchar not null,
    business_on date not null,
    -- The event had broken its contract when it was captured, and keeps it now.
    was_failed boolean not null,
);

-- `position` stopped being the state of its object when `by_position` arrived.
create table supersessions (
    client_id varchar not null,
    position ubigint not null,
    by_position ubigint not null,
);

-- How many standing events of a stream tell of a business date, and when they arrived: one row per
-- committed batch, its last position, stream, date, receipt and capture. Volume, freshness, "as of"
-- and the days of a capture stand on it. Each capture has a row of counts 0 on the day it came.
create table event_counts (
    client_id varchar not null,
    position ubigint not null,
    source varchar not null,
    stream varchar not null,
    business_on date not null,
    -- Events that are the state of their object: what others superseded is taken off.
    event_count bigint not null,
    -- All events that became facts, earlier revisions too.
    record_count bigint not null,
    received_at timestamp not null,
    -- Of the opening event of the capture by which the events stand; 0 where there was none.
    capture_position ubigint not null,
);

-- Positions whose rows are no facts of a standing event: events that were taken back, and the acts
-- at which what stands again was booked again.
create table not_standing (
    client_id varchar not null,
    position ubigint not null,
);

-- Events whose identity others claim, or did: of streams without revisions those that came with
-- another payload, and all whose standing an act ever changed.
create table identity_claims (
    client_id varchar not null,
    source varchar not null,
    stream varchar not null,
    event_id varchar not null,
    position ubigint not null,
    -- No event of the log had the identity before it.
    is_first boolean not null,
);

-- Events that had a field which no contract names, an object that could have held one, or a value
-- outside an enum, by the day they were received on.
create table drift_counts (
    client_id varchar not null,
    -- The first of the events, with its object, its receipt and what it had: a type of JSON, or
    -- what is wrong with the value.
    position ubigint not null,
    source varchar not null,
    stream varchar not null,
    -- field, object or value
    kind varchar not null,
    -- JSON Pointer with * for items.
    place varchar not null,
    found varchar not null,
    received_on date not null,
    event_count bigint not null,
    object_id varchar not null,
    received_at timestamp not null,
);

-- Events whose record is a row without a column that the source's file maps, one row for each column.
create table missing_columns (
    client_id varchar not null,
    position ubigint not null,
    source varchar not null,
    stream varchar not null,
    column_name varchar not null,
    object_id varchar not null,
    business_on date not null,
    received_at timestamp not null,
);

-- Events that did not become facts: failed events, transform failures, conflicts.
create table rejected_events (
    client_id varchar not null,
    position ubigint not null,
    source varchar not null,
    stream varchar not null,
    kind varchar not null,
    event_id varchar not null,
    object_id varchar not null,
    code varchar not null,
    message varchar not null,
    place varchar not null,
    -- What the record says it is worth, where that could be read.
    at_risk decimal(38, 6),
    currency varchar,
    -- The day it would have counted for, where that could be read.
    business_on date,
    received_at timestamp not null,
    -- By what a later event makes up for it: on streams without revisions the event id that its
    -- record has once its contract takes it, on others its revision, without what breaks ties.
    -- Neither where that cannot be read.
    record_id varchar,
    revision varchar,
    -- The days of all instants and dates of the record, as runs "first last" with commas between,
    -- and whether there is one that cannot be read.
    named_days varchar not null,
    has_unread_day boolean not null,
);

-- How far each stage has come: every position <= position is in the tables above.
create table watermarks (
    client_id varchar not null,
    stage varchar not null,
    position ubigint not null,
    definitions_digest varchar not null,
);

-- Hashes of the identity and payload of every event, in which a record that the log holds twice is
-- seen before it counts twice.
create table event_identities (
    client_id varchar not null,
    identity ubigint not null,
);

-- What the facts stand on, so that a store that was put in the place of another is told: how far each
-- client's log was when its last run began; and (with the client '') how far the audit tree of the
-- control store was when the last run of any client began or ended.
create table origins (
    client_id varchar not null,
    position ubigint not null,
    root varchar not null,
    run_id varchar not null,
);

-- Business dates whose figures may have moved for another reason than new entries. The reason is
-- "credits of MODEL" or "quarantine by CHECK". Publishing takes them up and clears them.
create table touched_days (
    client_id varchar not null,
    business_on date not null,
    reason varchar not null,
);

-- What figures are summed from: partial sums of stretches of the log, by metric, day, currency and
-- member of a dimension (both '' for the total). A run adds the stretch that came since the last, so
-- late entries cost what they are, not what their days are. A figure is there while its live counts
-- do not sum to 0. Up to the position of the watermark "figure_sums METRIC".
create table figure_sums (
    client_id varchar not null,
    metric varchar not null,
    business_on date not null,
    currency varchar not null,
    dimension varchar not null,
    member varchar not null,
    amount decimal(38, 6) not null,
    live_count hugeint not null,
);

-- The same for the periods longer than a day, of metrics that do not add up: an order that has
-- entries on two days counts once in their month. Up to the watermark "figure_sums METRIC" as well.
create table period_sums (
    client_id varchar not null,
    metric varchar not null,
    -- week, month, quarter, year or all
    grain varchar not null,
    starts_on date not null,
    currency varchar not null,
    dimension varchar not null,
    member varchar not null,
    amount decimal(38, 6) not null,
    live_count hugeint not null,
);

-- On which days a stream wrote which entries, reversed ones too, up to the watermark "entry_days";
-- the same row may be there several times.
create table entry_days (
    client_id varchar not null,
    book varchar not null,
    entry_type varchar not null,
    source varchar not null,
    stream varchar not null,
    business_on date not null,
);

-- Entries that a failed row or cross check keeps out of every figure.
create table quarantined_entries (
    client_id varchar not null,
    check_name varchar not null,
    position ubigint not null,
    entry_type varchar not null,
    line_no integer not null,
    business_on date not null,
);

-- Which customer of the client a source's reference means, where several mean one; customer_id is the
-- smallest "source/customer_ref" of them. A reference without a row is its own customer.
create table customers (
    client_id varchar not null,
    source varchar not null,
    customer_ref varchar not null,
    customer_id varchar not null,
);

-- Who earned an order: for each model and order that a touch led to, rows with shares that sum to 1.
-- An order without a row is the channel's and campaign's "unknown".
create table credits (
    client_id varchar not null,
    model varchar not null,
    order_ref varchar not null,
    touch_position ubigint not null,
    channel varchar not null,
    campaign varchar not null,
    -- What the order's credits before this one have taken of it: 0 for the first. With it each part
    -- of an amount is rounded so that the parts sum to it.
    share_before decimal(18, 6) not null,
    share decimal(18, 6) not null,
);

-- Every item of a reconciliation ends exactly once: here, or in a settled pair.
create table match_results (
    client_id varchar not null,
    reconciliation varchar not null,
    side varchar not null,
    item_id varchar not null,
    item_key varchar,
    amount decimal(38, 6) not null,
    currency varchar not null,
    business_on date not null,
    outcome varchar not null,
    reason varchar not null,
    rule varchar not null,
    group_id varchar,
    difference decimal(38, 6),
);

-- The pairs that a reconciliation's first rule settled: one key, one item on each side, a match.
-- They are most items and follow from the entries, so their SQL is kept instead of a copy.
create table settled_pairs (
    client_id varchar not null,
    reconciliation varchar not null,
    pairs_sql varchar not null,
);

-- How many items came to what, settled pairs included, and what they sum to.
create table match_totals (
    client_id varchar not null,
    reconciliation varchar not null,
    side varchar not null,
    outcome varchar not null,
    reason varchar not null,
    currency varchar not null,
    item_count bigint not null,
    amount decimal(38, 6) not null,
);
