-- Review plans with their versions, who is enrolled, and one row for every expected review. Facts are stored, states are
-- derived: opens_at, overdue_at and missed_from are the due date and its window as instants, so that one comparison with
-- the product's time decides.

create table plan (
  id varchar(64) primary key,
  plan_version integer not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null
);

create table plan_version (
  plan_id varchar(64) not null references plan (id),
  plan_version integer not null,
  title varchar(200) not null,
  definition varchar(200000) not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(40) not null,
  primary key (plan_id, plan_version)
);
insert into append_only_table (name) values ('plan_version');

-- One asset under one plan. last_slot_on is the newest slot that has its row.
create table enrolment (
  id uuid primary key,
  plan_id varchar(64) not null references plan (id),
  asset_id uuid not null,
  enrolled_on date not null,
  slots integer not null,
  last_slot_on date,
  ended_at timestamp(6) with time zone,
  end_reason varchar(32),
  unique (plan_id, asset_id)
);
create index enrolment_asset on enrolment (asset_id);
create index enrolment_horizon on enrolment (last_slot_on);

-- Assets that an import touched since the last sweep: what it enrols late waits for an announcement.
create table import_mark (
  asset_id uuid primary key
);

-- Refs are handed out without gaps: the row is locked until the reviews that took numbers are committed.
create table review_counter (
  id smallint primary key check (id = 1),
  next_number bigint not null
);
insert into review_counter (id, next_number) values (1, 1001);

create table review (
  id uuid primary key,
  review_number bigint not null unique,
  enrolment_id uuid not null references enrolment (id),
  slot_no integer not null,
  plan_id varchar(64) not null,
  plan_version integer not null,
  asset_id uuid not null,
  cause varchar(24) not null,
  scheduled_on date not null,
  due_on date not null,
  zone varchar(64) not null,
  opens_at timestamp(6) with time zone not null,
  overdue_at timestamp(6) with time zone not null,
  missed_from timestamp(6) with time zone not null,
  max_gap_days integer,
  previous_on date,
  held boolean not null,
  owner_id uuid,
  opened_at timestamp(6) with time zone,
  title varchar(200),
  instructions varchar(4000),
  checklist varchar(100000),
  baseline_digest varchar(100),
  acknowledged_at timestamp(6) with time zone,
  problem_at timestamp(6) with time zone,
  problem_text varchar(4000),
  not_mine_at timestamp(6) with time zone,
  snoozed_until date,
  snoozes integer default 0 not null,
  delegated_to uuid,
  delegated_at timestamp(6) with time zone,
  delegations integer default 0 not null,
  extended_at timestamp(6) with time zone,
  attested_at timestamp(6) with time zone,
  recorded_at timestamp(6) with time zone,
  performed_on date,
  performed_by varchar(40),
  performed_by_name varchar(200),
  channel varchar(16),
  assurance varchar(16),
  outcome varchar(24),
  note varchar(4000),
  snapshot_digest varchar(100),
  changes varchar(200000),
  checks varchar(200000),
  answers varchar(100000),
  waiver_reason varchar(4000),
  waiver_until date,
  missed_at timestamp(6) with time zone,
  missed_cause varchar(2000),
  missed_action varchar(2000),
  recovery varchar(24),
  cancelled_at timestamp(6) with time zone,
  cancel_reason varchar(32),
  version bigint not null,
  unique (enrolment_id, cause, slot_no)
);
create index review_due on review (due_on, review_number);
create index review_asset on review (asset_id, due_on);
create index review_owner on review (owner_id, due_on);
create index review_plan on review (plan_id, due_on);
create index review_opens on review (opens_at);
create index review_missed on review (missed_from);

-- What happened to a review, in words for its page; the sealed record stands in the ledger under record_id.
create table review_event (
  id uuid primary key,
  review_id uuid not null,
  record_id uuid not null,
  event_type varchar(32) not null,
  happened_at timestamp(6) with time zone not null,
  actor_ref varchar(40) not null,
  actor_name varchar(200),
  channel varchar(16) not null,
  detail varchar(4000)
);
create index review_event_review on review_event (review_id, happened_at);
insert into append_only_table (name) values ('review_event');
