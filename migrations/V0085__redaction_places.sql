-- How far the nightly look came with the texts of each table it reads beside results, and with which rules. A look at a table may take
-- several nights; what was written after the first of them began (pass_until) is for the next look.
create table redaction_place (
    name       varchar(32) primary key,
    rules      integer not null,
    after_id   uuid not null,
    seen_until timestamp(6) with time zone not null,
    pass_until timestamp(6) with time zone not null
);

-- When the summary of a finding was written; its other times are those its facts speak of, which may lie long before.
alter table finding add column summary_at timestamp(6) with time zone;
update finding set summary_at = detected_at;
alter table finding alter column summary_at set not null;
