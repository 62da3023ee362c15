-- How far the nightly look came with the texts of each table it reads beside results, and with which rules.
create table redaction_place (
    name       varchar(32) primary key,
    rules      integer not null,
    after_id   uuid not null,
    seen_until timestamp(6) with time zone not null
);
