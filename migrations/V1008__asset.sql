-- The inventory. The row is the present state; asset_version keeps every state it had.
create table asset (
  id uuid primary key,
  ref varchar(100) not null unique,
  name varchar(400) not null,
  kind varchar(100) not null,
  owner_id uuid references person (id),
  backup_id uuid references person (id),
  manager_id uuid references person (id),
  environment varchar(100),
  criticality varchar(8) not null,
  data_class varchar(200),
  unit varchar(200),
  address varchar(255),
  port integer,
  -- Nothing should answer here: a refused connection is a pass.
  expected_closed boolean default false not null,
  hostname varchar(255),
  starttls varchar(16),
  zone varchar(64),
  tags varchar(64000) not null,
  declared_ports varchar(1000) not null,
  probe_authorised_until date,
  last_review_on date,
  notes varchar(8000),
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  retired_at timestamp(6) with time zone,
  version bigint not null
);
create index asset_owner on asset (owner_id, id);
create index asset_backup on asset (backup_id, id);
create index asset_kind on asset (kind, id);
create index asset_unit on asset (unit, id);
create index asset_active on asset (retired_at, ref);
create index asset_updated on asset (updated_at);

-- The words of asset.tags, to find assets by.
create table asset_tag (
  tag varchar(400) not null,
  asset_id uuid not null references asset (id),
  primary key (tag, asset_id)
);
create index asset_tag_asset on asset_tag (asset_id);

-- One row per change: what happened, which fields, and the state after it, people by their random reference.
create table asset_version (
  asset_id uuid not null,
  rev bigint not null,
  rec_id uuid not null,
  what varchar(16) not null,
  actor_ref varchar(40) not null,
  recorded_at timestamp(6) with time zone not null,
  changed varchar(500) not null,
  state varchar(100000) not null,
  primary key (asset_id, rev)
);
insert into append_only_table (name) values ('asset_version');

-- A file between its preview and its import.
create table asset_upload (
  id uuid primary key,
  actor_ref varchar(40) not null,
  file_name varchar(200) not null,
  content bytea not null,
  created_at timestamp(6) with time zone not null
);

-- The assets an agent's token may push snapshots for. A token without rows pushes for every asset.
create table token_asset (
  token_id uuid not null references api_token (id),
  asset_id uuid not null references asset (id),
  primary key (token_id, asset_id)
);
create index token_asset_asset on token_asset (asset_id);

-- The assets a person answers for, as owner or backup owner.
create view answers_for as
  select s.person_id, a.id as asset_id from stands_for s join asset a on a.owner_id = s.owner_id
  union all
  select s.person_id, a.id as asset_id from stands_for s join asset a on a.backup_id = s.owner_id;

-- Configurations by their digest; each is stored once, however many assets have it and however often.
create table snapshot_content (
  digest varchar(71) primary key,
  source varchar(64) not null,
  canon_version integer not null,
  content text not null,
  stored_at timestamp(6) with time zone not null
);
insert into append_only_table (name) values ('snapshot_content');

-- One row per change of what a source says about an asset; seeing the same again moves last_seen_at only.
create table snapshot (
  id uuid primary key,
  asset_id uuid not null references asset (id),
  source varchar(64) not null,
  digest varchar(71) not null references snapshot_content (digest),
  canon_version integer not null,
  collected_at timestamp(6) with time zone not null,
  received_at timestamp(6) with time zone not null,
  last_seen_at timestamp(6) with time zone not null
);
create index snapshot_asset on snapshot (asset_id, source, id);

-- The newest snapshot of each source; the row is the lock under which a push is decided.
create table snapshot_source (
  asset_id uuid not null references asset (id),
  source varchar(64) not null,
  snapshot_id uuid references snapshot (id),
  collected_at timestamp(6) with time zone,
  push_sequence bigint,
  primary key (asset_id, source)
);

-- Every state the configuration of an asset was in, all sources together.
create table config_state (
  id uuid primary key,
  asset_id uuid not null,
  digest varchar(71) not null,
  canon_version integer not null,
  sources varchar(8000) not null,
  collected_at timestamp(6) with time zone not null,
  recorded_at timestamp(6) with time zone not null
);
create index config_state_asset on config_state (asset_id, id);
insert into append_only_table (name) values ('config_state');

-- One row: the key of the hash that stands for secret values, so that equal secrets stay equal and none can be guessed outside.
create table snapshot_key (
  id smallint primary key check (id = 1),
  secret bytea not null,
  created_at timestamp(6) with time zone not null
);

-- Documents of a source that could not be read: one row until one is accepted. The document itself is not kept.
create table snapshot_refusal (
  id uuid primary key,
  asset_id uuid not null references asset (id),
  source varchar(64) not null,
  first_at timestamp(6) with time zone not null,
  last_at timestamp(6) with time zone not null,
  times integer not null,
  looked_at timestamp(6) with time zone not null,
  collected_at timestamp(6) with time zone,
  -- The highest sequence number among the refused documents; only a later one ends the refusal.
  push_sequence bigint,
  actor_ref varchar(40) not null,
  code varchar(40) not null,
  place varchar(400),
  ended_at timestamp(6) with time zone
);
create index snapshot_refusal_asset on snapshot_refusal (asset_id, source, id);

-- When each source of snapshots is read next, and how the last reading went; what is read stands in the operator's file.
create table pull_source (
  id varchar(64) primary key,
  next_at timestamp(6) with time zone not null,
  read_at timestamp(6) with time zone,
  taken integer not null,
  problem varchar(4000),
  problem_since timestamp(6) with time zone
);

-- The age of what was taken last from a place, so that an old file never looks fresh because it was read again.
create table pull_stamp (
  source_id varchar(64) not null,
  place varchar(200) not null,
  stamp timestamp(6) with time zone not null,
  -- The change time that the place itself gave, which may lie in the future.
  said_at timestamp(6) with time zone not null,
  primary key (source_id, place)
);

-- The change time of what was refused last at a place; no row where the last one was taken.
create table pull_refused (
  source_id varchar(64) not null,
  place varchar(200) not null,
  said_at timestamp(6) with time zone not null,
  primary key (source_id, place)
);

-- Places that were being written at the last reading. A place found so twice in a row is refused.
create table pull_unsettled (
  source_id varchar(64) not null,
  place varchar(200) not null,
  primary key (source_id, place)
);
