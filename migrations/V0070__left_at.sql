-- Since when somebody who has left is gone; null for whoever is there. The time of the last change says it no longer once a name or a language is
-- corrected afterwards. Of those who left before, that time is the best that is known.
alter table person add column left_at timestamp(6) with time zone;
update person set left_at = updated_at where active = false;

drop view gone_person;
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
