-- What an agent's work is for, so that packets it sent stand in the probe log also where its answer comes too late to count; such a row stays
-- until the agent has told them, an hour at most.
delete from probe_task;
alter table probe_task add column asset_id uuid not null;
alter table probe_task add column check_id varchar(64) not null;
alter table probe_task add column abandoned boolean default false not null;
