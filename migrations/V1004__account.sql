-- People, their accounts, sessions and tokens. Secrets are stored as hashes only.
create table person (
  id uuid primary key,
  actor_ref varchar(40) not null unique,
  email varchar(320) not null,
  email_key varchar(320) not null unique,
  name varchar(400) not null,
  role varchar(16),
  password_hash varchar(200),
  zone varchar(64) not null,
  language varchar(8) not null,
  -- ISO 8601 digits of the days a person works (1 is Monday). Notices wait for them, deadlines do not.
  working_days varchar(7) default '12345' not null,
  active boolean not null,
  -- Null for whoever is there.
  left_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  version bigint not null
);
create index person_role on person (role, active);
create index person_name on person (name, id);

-- Who reads a shared address together. The team is a person like any other; its members count as it for second signatures.
create table team_member (
  team_id uuid not null references person (id),
  member_id uuid not null references person (id),
  primary key (team_id, member_id)
);
create index team_member_member on team_member (member_id);

-- Who left a team, and when: a team is answered for by everybody who was in it at the time.
create table team_departure (
  team_id uuid not null references person (id),
  member_id uuid not null references person (id),
  left_at timestamp(6) with time zone not null,
  primary key (team_id, member_id, left_at)
);
create index team_departure_member on team_departure (member_id);
insert into append_only_table (name) values ('team_departure');

-- One-time links: the first administrator (no person yet), and invitations or resets.
create table setup_code (
  id uuid primary key,
  code_hash varchar(64) not null unique,
  person_id uuid references person (id),
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone
);

create table web_session (
  id uuid primary key,
  token_hash varchar(64) not null unique,
  person_id uuid not null references person (id),
  created_at timestamp(6) with time zone not null,
  last_seen_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null
);
create index web_session_person on web_session (person_id);
create index web_session_expires on web_session (expires_at);

create table api_token (
  id uuid primary key,
  name varchar(100) not null,
  token_hash varchar(64) not null unique,
  hint varchar(8) not null,
  actor_ref varchar(40) not null unique,
  role varchar(16) not null,
  created_by varchar(40) not null,
  -- The token at the head of the chain of tokens that made this one, so that the person behind it is found in one step.
  origin_ref varchar(40) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  version bigint not null
);

-- When people are away.
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

-- Days nobody is expected to work beyond the built-in rules.
create table holiday (
  zone varchar(64) not null,
  day_on date not null,
  name varchar(200) not null,
  primary key (zone, day_on)
);

-- Whom a person stands for: themselves and the teams they are a member of.
create view stands_for as
  select p.id as person_id, p.id as owner_id from person p
  union all
  select t.member_id as person_id, t.team_id as owner_id from team_member t;

-- People who have left, and teams of which everybody has.
create view gone_person as
  select p.id as person_id,
         case when p.active
              then (select max(coalesce(m.left_at, m.updated_at))
                      from team_member t join person m on m.id = t.member_id where t.team_id = p.id)
              else coalesce(p.left_at, p.updated_at) end as since
    from person p
   where not p.active
      or (exists (select 1 from team_member t where t.team_id = p.id)
          and not exists (select 1 from team_member t join person m on m.id = t.member_id where t.team_id = p.id and m.active));
