-- A waiver accepts a failure as bad as it was: where the same facts are judged worse later, it covers them no more.
alter table waiver add column severity varchar(8) default 'info' not null;
update waiver set severity = (select f.severity from finding f where f.id = waiver.finding_id);
alter table waiver alter column severity drop default;

-- What a dry run sends is logged as well, and belongs to no run.
alter table probe_log alter column run_id drop not null;
