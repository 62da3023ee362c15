-- Every notice is a row: to whom, about what, on which occasion, and what became of it.
create table notice (
  id uuid primary key,
  subject_kind varchar(16) not null,
  subject_id uuid not null,
  about varchar(200) not null,
  occasion varchar(60) not null,
  -- told a second time, because the mail that told it came back
  again boolean not null default false,
  topic varchar(16) not null,
  person_id uuid not null,
  planned_at timestamp(6) with time zone not null,
  state varchar(16) not null,
  reason varchar(500),
  outbox_id uuid,
  created_at timestamp(6) with time zone not null,
  settled_at timestamp(6) with time zone,
  unique (subject_id, occasion, again, person_id)
);
create index notice_outbox on notice (outbox_id);
create index notice_person on notice (person_id, created_at);

-- When the reminders last looked.
create table reminder_clock (
  id smallint primary key check (id = 1),
  looked_at timestamp(6) with time zone
);
insert into reminder_clock (id) values (1);

-- People who asked for no optional mail.
create table mail_mute (
  person_id uuid primary key,
  muted_at timestamp(6) with time zone not null
);
