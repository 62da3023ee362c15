-- A token may make tokens. Which one of a chain was made by a person, or on the command line, is written down, so that whoever stands behind
-- any of them is found in one step. The step below is repeated: each goes one token further down the chains.
alter table api_token add column origin_ref varchar(40);
update api_token set origin_ref = actor_ref where created_by not in (select m.actor_ref from api_token m);
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = (select m.origin_ref from api_token m where m.actor_ref = api_token.created_by)
 where origin_ref is null;
update api_token set origin_ref = actor_ref where origin_ref is null;
alter table api_token alter column origin_ref set not null;
