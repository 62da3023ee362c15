-- A plan for one date. once_on repeats the date of the newest version, so that statements can tell it from a cadence that goes on;
-- its reviews wait until somebody announces the plan.
alter table plan add column once_on date;
alter table plan add column announced_at timestamp(6) with time zone;
