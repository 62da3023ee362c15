-- The second signature: asked for by the plan a review was opened under, given or refused by somebody who had no part in it.
-- approval is null where none is asked for, else pending or approved; a refusal takes the attestation back.
alter table review add column approval varchar(16);
alter table review add column approver varchar(40);
alter table review add column approver_name varchar(200);
alter table review add column approved_at timestamp(6) with time zone;
alter table review add column approval_note varchar(4000);
