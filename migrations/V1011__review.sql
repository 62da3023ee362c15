-- Review plans.
create table plan (
  id varchar(64) primary key,
  plan_version integer not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  -- The date of a plan for one date, as in its newest version; its reviews wait until somebody announces the plan.
  once_on date,
  announced_at timestamp(6) with time zone,
  -- Nothing is expected of a retired plan.
  retired_at timestamp(6) with time zone,
  retire_reason varchar(4000)
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
  -- Where the cadence counts anew for this asset (new schedule after a miss, levelled load); null counts from the plan's anchor.
  anchor_on date,
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

-- One row for every expected review. Facts are stored, states derived: opens_at, overdue_at and missed_from are the due date and its
-- window as instants, so that one comparison with the time decides.
create table review (
  id uuid primary key,
  review_number bigint not null unique,
  enrolment_id uuid not null references enrolment (id),
  slot_no integer not null,
  plan_id varchar(64) not null,
  plan_version integer not null,
  asset_id uuid not null,
  cause varchar(24) not null,
  -- Why there is a review beside the cadence.
  cause_reason varchar(4000),
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
  -- When the configuration differed from the attested one, what it was at its widest, and how many settings were weaker then.
  drift_from timestamp(6) with time zone,
  drift_to timestamp(6) with time zone,
  drift_digest varchar(100),
  drift_worse integer,
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
  -- More time that somebody asked a lead for.
  time_asked_until date,
  time_asked_at timestamp(6) with time zone,
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
  -- The second signature: null where none is asked for, else pending or approved; a refusal takes the attestation back.
  approval varchar(16),
  approver varchar(40),
  approver_name varchar(200),
  approved_at timestamp(6) with time zone,
  approval_note varchar(4000),
  waiver_reason varchar(4000),
  waiver_until date,
  missed_at timestamp(6) with time zone,
  missed_cause varchar(2000),
  missed_action varchar(2000),
  recovery varchar(24),
  cancelled_at timestamp(6) with time zone,
  cancel_reason varchar(32),
  -- When the version last grew, for calendars; null where it never did.
  changed_at timestamp(6) with time zone,
  version bigint not null,
  unique (enrolment_id, cause, slot_no)
);
create index review_due on review (due_on, review_number);
create index review_asset on review (asset_id, due_on);
create index review_owner on review (owner_id, due_on);
create index review_plan on review (plan_id, due_on);
create index review_open on review (attested_at, overdue_at);
create index review_cause on review (cause, asset_id);
create index review_approval on review (approval);
-- What the sweeps and lists begin with: reviews that nobody has ended, by what comes next.
create index review_waiting on review (attested_at, missed_at, cancelled_at, opened_at, opens_at);
create index review_closing on review (attested_at, missed_at, cancelled_at, missed_from);
create index review_missed_at on review (missed_at, missed_from);
create index review_unfinished on review (attested_at, missed_at, cancelled_at, due_on, review_number);
create index review_cancelled on review (cancelled_at, due_on);
create index review_scheduled on review (attested_at, missed_at, cancelled_at, opened_at, due_on, review_number);
create index review_problem on review (problem_at);

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
  detail varchar(4000),
  -- Whom the event is about beside the actor, such as the new owner.
  about_ref varchar(40)
);
create index review_event_review on review_event (review_id, happened_at);
create index review_event_type on review_event (event_type, review_id);
insert into append_only_table (name) values ('review_event');

-- Everybody who ever held a review, so that nobody stops having had a part by giving it away.
create table review_holder (
  review_id uuid not null references review (id),
  person_id uuid not null references person (id),
  since timestamp(6) with time zone not null,
  primary key (review_id, person_id)
);
insert into append_only_table (name) values ('review_holder');

-- Files that people add to a review as evidence. The content lies in the home under its SHA-256; the row is what was said of it.
create table review_file (
  id uuid primary key,
  review_id uuid not null references review (id),
  sha256 varchar(64) not null,
  file_name varchar(200) not null,
  media_type varchar(100) not null,
  file_size bigint not null,
  added_at timestamp(6) with time zone not null,
  added_by varchar(40) not null,
  added_by_name varchar(200),
  channel varchar(16) not null,
  record_id uuid not null,
  unique (review_id, sha256)
);
insert into append_only_table (name) values ('review_file');

-- Files that came with an answer to a mail. Their bytes lie in evidence_blob; this says which review they belong to.
create table answer_file (
  id uuid primary key,
  review_id uuid not null references review (id),
  record_id uuid not null,
  name varchar(200) not null,
  media_type varchar(100) not null,
  size_bytes bigint not null,
  sha256 varchar(64) not null,
  kept_at timestamp(6) with time zone not null
);
create index answer_file_review on answer_file (review_id, kept_at);

-- Assets whose configuration changed, or what was attested of it, since the two were last compared.
create table drift_watch (
  asset_id uuid primary key,
  look_at timestamp(6) with time zone not null
);
create index drift_watch_look on drift_watch (look_at);

-- Calendars to subscribe to, with the due dates of one person or of everybody. The address itself is not kept.
create table calendar_feed (
  id uuid primary key,
  person_id uuid not null references person (id),
  name varchar(100) not null,
  everybody boolean not null,
  plan_id varchar(64),
  token_hash varchar(64) not null unique,
  created_at timestamp(6) with time zone not null,
  read_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  version bigint not null
);
create index calendar_feed_person on calendar_feed (person_id, created_at);
