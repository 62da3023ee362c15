-- What people stated of protections that no probe sees: one row for each statement, the newest counts. The words stand with the evidence
-- record, where they can be erased. A statement counts for the check file and for the place of the asset (hash of address, port and hostname)
-- that it was made of.
create table check_statement (
    id        uuid primary key,
    asset_id  uuid not null references asset (id),
    check_id  varchar(64) not null,
    attested  boolean not null,
    stated_at timestamp(6) with time zone not null,
    stated_by varchar(40) not null,
    channel   varchar(16) not null,
    record_id uuid not null,
    check_sha256 varchar(64) not null,
    reach_sha256 varchar(64) not null
);
create index check_statement_newest on check_statement (asset_id, check_id, id);
insert into append_only_table (name) values ('check_statement');
