-- Evidence records: the payload is the truth, the other columns are copies to search by.
create table evidence_record (
  rec_id uuid primary key,
  rec_type varchar(64) not null,
  subject_kind varchar(16) not null,
  subject_id varchar(100) not null,
  asset_ref varchar(100),
  check_id varchar(100),
  outcome varchar(32),
  actor_ref varchar(40) not null,
  occurred_at timestamp(6) with time zone not null,
  recorded_at timestamp(6) with time zone not null,
  payload bytea not null,
  leaf_hash bytea not null
);
create index evidence_record_time on evidence_record (recorded_at);
create index evidence_record_subject on evidence_record (subject_kind, subject_id, recorded_at);
create index evidence_record_type on evidence_record (rec_type, rec_id);
create index evidence_record_asset on evidence_record (asset_ref, rec_id);
insert into append_only_table (name) values ('evidence_record');

-- Text of people, outside the sealed record behind a salted commitment; the only evidence that can be erased.
create table evidence_private (
  rec_id uuid not null,
  field varchar(32) not null,
  salt bytea,
  private_text varchar(8000),
  erased_at timestamp(6) with time zone,
  primary key (rec_id, field)
);

create table evidence_blob (
  sha256 bytea primary key,
  media_type varchar(100) not null,
  size_bytes bigint not null,
  content bytea not null
);
insert into append_only_table (name) values ('evidence_blob');

-- The only queue: what waits to be sealed. No sequence is ever paged, because commit order is not id order.
create table ledger_pending (
  rec_id uuid primary key
);

-- No foreign key to the record: payloads may be purged, leaves stay for ever.
create table ledger_leaf (
  idx bigint primary key,
  rec_id uuid not null unique,
  leaf_hash bytea not null
);
insert into append_only_table (name) values ('ledger_leaf');

-- Roots of complete subtrees at levels 8, 16 and 24, which are tlog-tiles' tile roots.
create table ledger_node (
  node_level smallint not null,
  idx bigint not null,
  hash bytea not null,
  primary key (node_level, idx)
);
insert into append_only_table (name) values ('ledger_node');

-- One row: the lock of the sealer and the size of the log.
create table ledger_head (
  id smallint primary key check (id = 1),
  tree_size bigint not null,
  root_hash bytea not null
);

create table ledger_checkpoint (
  tree_size bigint primary key,
  root_hash bytea not null,
  note varchar(8000) not null,
  key_id varchar(8) not null,
  sealed_at timestamp(6) with time zone not null
);
insert into append_only_table (name) values ('ledger_checkpoint');

-- Where a checkpoint went: mail, file, export, shown.
create table ledger_anchor (
  anchor_id uuid primary key,
  tree_size bigint not null,
  kind varchar(16) not null,
  target varchar(400),
  status varchar(16) not null,
  anchored_at timestamp(6) with time zone not null
);
create index ledger_anchor_size on ledger_anchor (tree_size);
insert into append_only_table (name) values ('ledger_anchor');

-- Finished bundles; the file lies in the exports folder.
create table evidence_export (
  export_id uuid primary key,
  file_name varchar(120) not null,
  sha256 varchar(64) not null,
  size_bytes bigint not null,
  from_on date not null,
  until_on date not null,
  scope varchar(2000) not null,
  tree_size bigint not null,
  leaves bigint not null,
  disclosed bigint not null,
  requested_by varchar(40) not null,
  created_at timestamp(6) with time zone not null
);
create index evidence_export_time on evidence_export (created_at);
insert into append_only_table (name) values ('evidence_export');

-- One row: how far the nightly scan of stored evidence has come, with which rules.
create table redaction_scan (
  id smallint primary key check (id = 1),
  rules integer not null,
  after_id uuid not null,
  scanned bigint not null,
  hits bigint not null,
  finished_at timestamp(6) with time zone not null
);

-- The same for the texts of other tables. A scan may take several nights; what is written after pass_until is for the next one.
create table redaction_place (
  name varchar(32) primary key,
  rules integer not null,
  after_id uuid not null,
  seen_until timestamp(6) with time zone not null,
  pass_until timestamp(6) with time zone not null
);

-- What the newest rules would have redacted in a record stored before them. The record itself is never edited.
create table redaction_hit (
  rec_id uuid not null,
  place varchar(200) not null,
  rule varchar(32) not null,
  asset_ref varchar(100),
  check_id varchar(100),
  rules integer not null,
  found_at timestamp(6) with time zone not null,
  primary key (rec_id, place, rule)
);
create index redaction_hit_time on redaction_hit (found_at, rec_id);
