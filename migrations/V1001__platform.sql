-- Tables that refuse UPDATE and DELETE. Migrations add names; the start creates triggers and grants.
create table append_only_table (
  name varchar(63) primary key
);

-- One row: who this installation is, and how far its time is from the clock (test clock only).
create table installation (
  id smallint primary key check (id = 1),
  installation_id uuid not null,
  created_at timestamp(6) with time zone not null,
  organisation varchar(200),
  zone varchar(64),
  locale varchar(8),
  test_clock boolean default false not null,
  clock_offset_micros bigint default 0 not null
);

-- Work that is due. The row is the truth; a lease with a token says who works on it now.
create table due (
  subject_id uuid not null,
  kind varchar(32) not null,
  ref_id varchar(100) not null,
  next_due_at timestamp(6) with time zone not null,
  lease_until timestamp(6) with time zone,
  lease_token uuid,
  attempts integer default 0 not null,
  primary key (subject_id, kind, ref_id)
);
create index due_next on due (kind, next_due_at);

-- When each tick last ran and what daily work comes next, by the product's clock.
create table tick (
  name varchar(64) primary key,
  last_run_at timestamp(6) with time zone,
  next_run_at timestamp(6) with time zone,
  last_error varchar(500),
  node varchar(64)
);

-- Background jobs people started.
create table job (
  id uuid primary key,
  kind varchar(32) not null,
  params varchar(100000) not null,
  state varchar(16) not null,
  done bigint default 0 not null,
  total bigint default 0 not null,
  failed bigint default 0 not null,
  result_url varchar(500),
  error varchar(2000),
  started_by varchar(320) not null,
  cancel_requested boolean default false not null,
  created_at timestamp(6) with time zone not null,
  started_at timestamp(6) with time zone,
  finished_at timestamp(6) with time zone,
  lease_until timestamp(6) with time zone,
  lease_token uuid,
  attempts integer default 0 not null
);
create index job_state on job (state, created_at);

-- Answers to POSTs that carried an Idempotency-Key, kept for 24 hours.
create table idempotency (
  principal varchar(64) not null,
  idempotency_key varchar(255) not null,
  request_sha256 varchar(64) not null,
  status integer,
  content_type varchar(100),
  location varchar(500),
  etag varchar(100),
  body varchar(1000000),
  created_at timestamp(6) with time zone not null,
  primary key (principal, idempotency_key)
);

-- How often somebody may do something, the same on every node (decision 014). A row in the past means as much as none.
create table allowance (
  key_hash varchar(64) primary key,
  paid_until timestamp(6) with time zone not null
);
create index allowance_paid_until on allowance (paid_until);
