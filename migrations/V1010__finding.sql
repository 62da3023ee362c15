-- One row per stretch of time in which a check fails on an asset. open_key is set while it is open, so that two are never open at once.
create table finding (
  id uuid primary key,
  asset_id uuid not null references asset (id),
  check_id varchar(64) not null,
  severity varchar(8) not null,
  summary varchar(1000) not null,
  -- When the summary was written; the other times are those its facts speak of.
  summary_at timestamp(6) with time zone not null,
  fingerprint varchar(71) not null,
  run_id uuid not null,
  first_bad_at timestamp(6) with time zone not null,
  last_good_at timestamp(6) with time zone,
  last_bad_at timestamp(6) with time zone not null,
  detected_at timestamp(6) with time zone not null,
  notified_at timestamp(6) with time zone,
  acknowledged_at timestamp(6) with time zone,
  acknowledged_by varchar(40),
  fixed_at timestamp(6) with time zone,
  record_id uuid not null,
  version bigint not null,
  open_key varchar(110) unique
);
create index finding_asset on finding (asset_id, id);
create index finding_check on finding (check_id, id);
create index finding_fixed on finding (fixed_at, id);
create index finding_begun on finding (first_bad_at, id);

-- One row per acceptance of one failure; what it is worth is derived from its days, its decision and the present facts.
create table waiver (
  id uuid primary key,
  waiver_number bigint not null unique,
  asset_id uuid not null references asset (id),
  check_id varchar(64) not null,
  finding_id uuid not null references finding (id),
  assertions varchar(4000) not null,
  bound_to varchar(71) not null,
  -- A waiver covers a failure up to this severity, not the same facts judged worse later.
  severity varchar(8) not null,
  category varchar(24) not null,
  compensating_check varchar(64),
  reason varchar(4000) not null,
  ticket varchar(200),
  from_on date not null,
  until_on date not null,
  renewals integer not null,
  requested_by varchar(40) not null,
  requested_at timestamp(6) with time zone not null,
  decided_by varchar(40),
  decided_at timestamp(6) with time zone,
  approved boolean,
  revoked_by varchar(40),
  revoked_at timestamp(6) with time zone,
  expired_at timestamp(6) with time zone,
  record_id uuid not null,
  version bigint not null
);
create index waiver_asset on waiver (asset_id, check_id);
create index waiver_finding on waiver (finding_id, waiver_number);
create index waiver_until on waiver (until_on);

-- Refs are handed out without gaps: the row is locked until the waiver that took a number is committed.
create table waiver_counter (
  id smallint primary key check (id = 1),
  next_number bigint not null
);
insert into waiver_counter (id, next_number) values (1, 1001);
