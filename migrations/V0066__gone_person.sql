-- Who answers for nothing any more: people who have left, and teams of which everybody has. One definition for every list that asks whether an
-- owner is still there.
create view gone_person as
  select p.id as person_id,
         case when p.active
              then (select max(m.updated_at) from team_member t join person m on m.id = t.member_id where t.team_id = p.id)
              else p.updated_at end as since
    from person p
   where not p.active
      or (exists (select 1 from team_member t where t.team_id = p.id)
          and not exists (select 1 from team_member t join person m on m.id = t.member_id where t.team_id = p.id and m.active));
