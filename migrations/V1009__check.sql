-- One row per pair of asset and check: what is known now. Made when the asset gets the check, so that "never run" is visible too.
create table check_state (
  asset_id uuid not null references asset (id),
  check_id varchar(64) not null,
  run_id uuid,
  outcome varchar(16) not null,
  reason varchar(64),
  severity varchar(8) not null,
  due_at timestamp(6) with time zone,
  finished_at timestamp(6) with time zone,
  fresh_until timestamp(6) with time zone,
  last_pass_at timestamp(6) with time zone,
  last_fail_at timestamp(6) with time zone,
  primary key (asset_id, check_id)
);
create index check_state_check on check_state (check_id, asset_id);
create index check_state_reason on check_state (reason, asset_id);

-- One row per run: the columns to search by. What was seen and judged stands in its evidence record.
create table check_run (
  id uuid primary key,
  asset_id uuid not null,
  check_id varchar(64) not null,
  check_version integer not null,
  check_sha256 varchar(64) not null,
  outcome varchar(16) not null,
  reason varchar(64),
  severity varchar(8) not null,
  incomplete boolean not null,
  due_at timestamp(6) with time zone not null,
  started_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone not null,
  fresh_until timestamp(6) with time zone not null,
  fingerprint varchar(71),
  record_id uuid not null,
  constraint check_run_occurrence unique (asset_id, check_id, due_at)
);
create index check_run_asset on check_run (asset_id, id);
create index check_run_check on check_run (check_id, id);
create index check_run_outcome on check_run (outcome, id);
-- Results are removed by when they ended.
create index check_run_finished on check_run (finished_at, id);
-- Every record is asked for its row, so that a missing row is found.
create index check_run_record on check_run (record_id);
insert into append_only_table (name) values ('check_run');

-- Occurrences that never ran within their window.
create table check_missed (
  asset_id uuid not null,
  check_id varchar(64) not null,
  due_at timestamp(6) with time zone not null,
  noticed_at timestamp(6) with time zone not null,
  reason varchar(64) not null,
  record_id uuid not null,
  primary key (asset_id, check_id, due_at)
);
create index check_missed_record on check_missed (record_id);
insert into append_only_table (name) values ('check_missed');

-- What people stated of protections that no probe sees; the newest row counts, for the check file and the place of the asset (hash of
-- address, port and hostname) it was made of. The words stand with the evidence record, where they can be erased.
create table check_statement (
  id uuid primary key,
  asset_id uuid not null references asset (id),
  check_id varchar(64) not null,
  attested boolean not null,
  stated_at timestamp(6) with time zone not null,
  stated_by varchar(40) not null,
  channel varchar(16) not null,
  record_id uuid not null,
  check_sha256 varchar(64) not null,
  reach_sha256 varchar(64) not null
);
create index check_statement_newest on check_statement (asset_id, check_id, id);
create index check_statement_record on check_statement (record_id);
insert into append_only_table (name) values ('check_statement');

-- The check files this database has seen last, to tell what is new, changed or gone.
create table check_published (
  check_id varchar(64) primary key,
  sha256 varchar(64) not null,
  check_version integer not null,
  published_at timestamp(6) with time zone not null
);

-- What each check said of itself when its file was last sound, for while it is broken. Lists are separated by line breaks.
create table check_known (
  check_id varchar(64) primary key,
  title varchar(200) not null,
  protections varchar(1000) not null,
  severity varchar(8) not null,
  kinds varchar(10000) not null,
  product varchar(40),
  controls varchar(100000) not null
);

-- One hash of the catalogue the server started with last. A process that has another one runs no check, and notes in "unplanned" that it changed
-- assets: the server brings them in line with its checks.
create table check_catalogue (
  id integer primary key,
  sha256 varchar(64) not null,
  unplanned boolean not null
);

-- Times in which nothing may be probed: a maintenance window has an end, the stop of everything has none until it is lifted.
create table probe_pause (
  id uuid primary key,
  asset_id uuid,
  starts_at timestamp(6) with time zone not null,
  ends_at timestamp(6) with time zone,
  reason varchar(400) not null,
  created_by varchar(100) not null,
  created_at timestamp(6) with time zone not null,
  lifted_by varchar(100),
  lifted_at timestamp(6) with time zone
);
create index probe_pause_open on probe_pause (lifted_at, starts_at);

-- One row per exchange of packets with a target: who spoke to whom, when and how much, never what. Rows are removed after 400 days.
create table probe_log (
  id uuid primary key,
  run_id uuid,
  asset_id uuid not null,
  check_id varchar(64) not null,
  started_at timestamp(6) with time zone not null,
  transport varchar(4) not null,
  vantage varchar(16) not null,
  local_address varchar(45),
  local_port integer,
  remote_address varchar(45) not null,
  remote_port integer not null,
  what varchar(120) not null,
  outcome varchar(16) not null,
  bytes_out bigint not null,
  bytes_in bigint not null,
  millis bigint not null
);
create index probe_log_asset on probe_log (asset_id, id);
create index probe_log_remote on probe_log (remote_address, id);
create index probe_log_time on probe_log (started_at);

-- Where something answered at least once: a refusal elsewhere proves nothing.
create table target_answer (
  asset_id uuid not null references asset (id),
  host varchar(255) not null,
  port integer not null,
  first_at timestamp(6) with time zone not null,
  primary key (asset_id, host, port)
);

-- Probes to be made elsewhere, taken by one agent, and what it answered. An abandoned row stays, an hour at most, until the agent
-- has told which packets it sent.
create table probe_task (
  id uuid primary key,
  zone varchar(16) not null,
  task varchar(8000) not null,
  asset_id uuid not null,
  check_id varchar(64) not null,
  created_at timestamp(6) with time zone not null,
  claimed_by varchar(40),
  answer text,
  abandoned boolean default false not null
);
create index probe_task_open on probe_task (zone, claimed_by, id);

-- Agents that have asked for work, and whether their own canary answers.
create table probe_agent (
  agent_ref varchar(40) primary key,
  zone varchar(16) not null,
  seen_at timestamp(6) with time zone not null
);
