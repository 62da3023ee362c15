-- Who held a review, each once: a row is added whenever a review opens with an owner or gets another one, so that nobody stops having had a
-- part by giving it away.
create table review_holder (
  review_id uuid not null references review (id),
  person_id uuid not null references person (id),
  since timestamp(6) with time zone not null,
  primary key (review_id, person_id)
);
insert into append_only_table (name) values ('review_holder');

-- Who left a team, and when: a team is answered for by everybody who was in it at the time.
create table team_departure (
  team_id uuid not null references person (id),
  member_id uuid not null references person (id),
  left_at timestamp(6) with time zone not null,
  primary key (team_id, member_id, left_at)
);
create index team_departure_member on team_departure (member_id);
insert into append_only_table (name) values ('team_departure');

-- What is known of reviews that opened before: the present owner, who took one over, and whoever has the name that stands in its history
-- where a lead or a leave gave it to somebody. Earlier departures are not known.
insert into review_holder (review_id, person_id, since)
select h.review_id, h.person_id, min(h.since)
  from (select r.id as review_id, p.id as person_id, r.opened_at as since
          from review r join person p on p.id = r.owner_id
         where r.opened_at is not null
        union all
        select e.review_id, p.id, e.happened_at
          from review_event e join review r on r.id = e.review_id join person p on p.actor_ref = e.actor_ref
         where e.event_type = 'delegation-accepted'
        union all
        select e.review_id, p.id, e.happened_at
          from review_event e join review r on r.id = e.review_id join person p on p.name = e.detail
         where e.event_type = 'assigned') h
 group by h.review_id, h.person_id;
