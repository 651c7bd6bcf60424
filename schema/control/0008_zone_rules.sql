-- Which rules each client keeps for each time zone that it uses. The rules are a definition of kind
-- "zone". A client keeps those that it was used with first until newer ones are taken.
create table zone_rules (
    client_id text not null,
    zone text not null,
    rules_digest text not null,
    primary key (client_id, zone)
) strict, without rowid;
