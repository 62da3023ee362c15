-- Whom a person stands for: themselves and the teams they are a member of; and for which assets they answer, as owner or backup owner.
-- One definition for every list and page that shows somebody only what is theirs.
create view stands_for as
  select p.id as person_id, p.id as owner_id from person p
  union all
  select t.member_id as person_id, t.team_id as owner_id from team_member t;

create view answers_for as
  select s.person_id, a.id as asset_id from stands_for s join asset a on a.owner_id = s.owner_id
  union all
  select s.person_id, a.id as asset_id from stands_for s join asset a on a.backup_id = s.owner_id;
