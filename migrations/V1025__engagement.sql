-- What an auditor was engaged for. An auditor with one sees its assets alone, from its first day to its last; one without sees everything.
create table engagement (
  id uuid primary key,
  person_id uuid not null references person (id),
  firm varchar(200) not null,
  -- Days in UTC, both included.
  from_on date not null,
  until_on date not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(40) not null,
  ended_at timestamp(6) with time zone
);
create index engagement_person on engagement (person_id, ended_at);
create index engagement_until on engagement (ended_at, until_on);

-- Frameworks, units and refs of assets. Without units and assets it is about all assets.
create table engagement_scope (
  engagement_id uuid not null references engagement (id),
  kind varchar(16) not null,
  name varchar(200) not null,
  primary key (engagement_id, kind, name)
);

-- The assets that somebody sees who does not see all: those they answer for, and those of their engagement.
create view sees_asset as
  select f.person_id, f.asset_id from answers_for f
  union all
  select e.person_id, a.id as asset_id
    from engagement e cross join asset a
   where e.ended_at is null
     and (not exists (select 1 from engagement_scope s where s.engagement_id = e.id and s.kind in ('unit', 'asset'))
          or exists (select 1 from engagement_scope s
                      where s.engagement_id = e.id and (s.kind = 'unit' and s.name = a.unit or s.kind = 'asset' and s.name = a.ref)));
