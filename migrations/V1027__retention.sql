-- Only the payload of an old result goes (decision 147); its place in the log, its hash and these copies stay.
alter table evidence_record alter column payload drop not null;

-- Which records name an attachment: one that no record names any more can go. What was stored before this table is kept.
create table evidence_blob_use (
  sha256 bytea not null references evidence_blob (sha256),
  rec_id uuid not null,
  primary key (sha256, rec_id)
);
create index evidence_blob_use_record on evidence_blob_use (rec_id);
insert into evidence_blob_use (sha256, rec_id) select sha256, cast('00000000-0000-0000-0000-000000000000' as uuid) from evidence_blob;

-- Evidence that neither retention nor erasure may take. Null in asset_ref, actor_ref or a time does not narrow it.
create table legal_hold (
  id uuid primary key,
  asset_ref varchar(100),
  actor_ref varchar(40),
  from_at timestamp(6) with time zone,
  until_at timestamp(6) with time zone,
  reason varchar(400) not null,
  ends_at timestamp(6) with time zone,
  set_by varchar(40) not null,
  set_at timestamp(6) with time zone not null,
  released_by varchar(40),
  released_at timestamp(6) with time zone
);
