-- A plan that ended, and why; nothing is expected of it any more.
alter table plan add column retired_at timestamp(6) with time zone;
alter table plan add column retire_reason varchar(4000);
