-- When people are away, and which days nobody is expected to work beyond the rules that are built in.
create table planned_leave (
  id uuid primary key,
  person_id uuid not null references person (id),
  from_on date not null,
  until_on date not null,
  note varchar(500),
  created_at timestamp(6) with time zone not null,
  created_by varchar(40) not null,
  ended_at timestamp(6) with time zone
);
create index planned_leave_person on planned_leave (person_id, from_on);
create index planned_leave_days on planned_leave (until_on, from_on);

create table holiday (
  zone varchar(64) not null,
  day_on date not null,
  name varchar(200) not null,
  primary key (zone, day_on)
);
