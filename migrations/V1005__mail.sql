-- Handles: which key signs, and who may do what with which link. The secrets live outside the database.
create table mail_key (
  kid smallint primary key,
  created_at timestamp(6) with time zone not null,
  disabled_at timestamp(6) with time zone,
  disabled_reason varchar(500)
);

create table mail_grant (
  id bigint primary key,
  purpose varchar(1) not null,
  subject_id uuid not null,
  person_id uuid not null,
  generation integer not null,
  kid smallint not null references mail_key (kid),
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  revoke_reason varchar(500),
  get_count integer default 0 not null,
  first_get_at timestamp(6) with time zone,
  last_post_at timestamp(6) with time zone,
  unique (purpose, subject_id, person_id, generation)
);
create index mail_grant_person on mail_grant (person_id, purpose);

-- Every mail there is or was. Written in the transaction of what it tells; rendered when it is sent.
create table outbox (
  id uuid primary key,
  dedupe_key varchar(200) not null unique,
  kind varchar(32) not null,
  mail_class varchar(16) not null,
  subject_id uuid,
  about varchar(200) not null,
  person_id uuid,
  to_address varchar(320),
  model varchar(1000000) not null,
  message_id varchar(255) not null unique,
  state varchar(16) not null,
  reason varchar(500),
  not_before timestamp(6) with time zone not null,
  valid_until timestamp(6) with time zone,
  attempts integer default 0 not null,
  resends integer default 0 not null,
  lease_until timestamp(6) with time zone,
  lease_token uuid,
  subject varchar(400),
  body_text varchar(1000000),
  phase varchar(16),
  smtp_code integer,
  enhanced_code varchar(20),
  answer varchar(1000),
  remote_id varchar(200),
  created_at timestamp(6) with time zone not null,
  queued_at timestamp(6) with time zone,
  sent_at timestamp(6) with time zone,
  version bigint default 1 not null
);
create index outbox_state on outbox (state, not_before);
create index outbox_person on outbox (person_id, created_at);
create index outbox_queued on outbox (queued_at);
create index outbox_created on outbox (created_at, id);
-- A provider may give a mail another Message-ID.
create index outbox_remote on outbox (remote_id);

create table outbox_attempt (
  outbox_id uuid not null references outbox (id),
  n integer not null,
  started_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone not null,
  verdict varchar(16) not null,
  phase varchar(16) not null,
  smtp_code integer not null,
  answer varchar(1000) not null,
  primary key (outbox_id, n)
);

-- The one way out: open, paused by the server's refusals, or held by the brake until a lead decides.
create table mail_channel (
  id smallint primary key check (id = 1),
  state varchar(16) not null,
  reason varchar(1000),
  since_at timestamp(6) with time zone,
  retry_at timestamp(6) with time zone,
  quiet_until timestamp(6) with time zone,
  -- How many held mails a lead released, beside what the brake lets through in the hour after.
  let_through integer default 0 not null,
  failures integer default 0 not null,
  version bigint default 1 not null
);
insert into mail_channel (id, state) values (1, 'open');

-- Whether mail to an address arrives. Failures count for 30 days; anything its owner sends us clears them.
create table address_health (
  address varchar(320) primary key,
  person_id uuid,
  state varchar(16) not null,
  score integer default 0 not null,
  first_hard_at timestamp(6) with time zone,
  last_hard_at timestamp(6) with time zone,
  last_soft_at timestamp(6) with time zone,
  last_ok_at timestamp(6) with time zone,
  next_probe_at timestamp(6) with time zone,
  note varchar(500),
  version bigint default 1 not null
);
create index address_health_person on address_health (person_id);

-- Domains where so many addresses failed at once that nothing is sent until then.
create table held_domain (
  domain varchar(255) primary key,
  held_until timestamp(6) with time zone not null
);

-- Hints that somebody is away; they change nothing but what a lead is shown.
create table absence (
  person_id uuid primary key,
  from_on date not null,
  until_on date,
  noted_at timestamp(6) with time zone not null,
  mail_id uuid
);
