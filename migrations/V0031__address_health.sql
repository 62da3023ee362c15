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

-- Hints that somebody is away; they change nothing but what a lead is shown.
create table absence (
  person_id uuid primary key,
  from_on date not null,
  until_on date,
  noted_at timestamp(6) with time zone not null,
  mail_id uuid
);
