-- Whose definitions are, what they are called and who hears of them, as it was when figures were
-- published: a digest of definitions as they are written, of each client, whenever it changes. Its
-- manifest is a blob, each text a definition; the row is a leaf of the audit tree, so it stands
-- before or after every publication.
create table definition_texts (
    leaf_index integer primary key,
    client_id text not null,
    texts_digest text not null,
    noted_at integer not null,
    run_id text not null
) strict;
create index definition_texts_by_client on definition_texts (client_id, leaf_index);
