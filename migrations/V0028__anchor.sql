-- A cadence may count anew for one asset: after a missed review that got a new schedule, or where the load of its owner was levelled.
-- Null counts from the plan's own anchor.
alter table enrolment add column anchor_on date;
