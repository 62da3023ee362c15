-- Time stamps of an outsider (RFC 3161) over the note of a checkpoint: what was asked, and what came back, both in DER.
create table ledger_stamp (
  tree_size bigint primary key,
  query bytea not null,
  response bytea not null,
  generated_at timestamp(6) with time zone not null
);
insert into append_only_table (name) values ('ledger_stamp');
