-- One row per acceptance of one failure; what it is worth is derived from its days, its decision and the present facts.
create table waiver (
    id                 uuid primary key,
    waiver_number      bigint not null unique,
    asset_id           uuid not null references asset (id),
    check_id           varchar(64) not null,
    finding_id         uuid not null references finding (id),
    assertions         varchar(4000) not null,
    bound_to           varchar(71) not null,
    category           varchar(24) not null,
    compensating_check varchar(64),
    reason             varchar(4000) not null,
    ticket             varchar(200),
    from_on            date not null,
    until_on           date not null,
    renewals           integer not null,
    requested_by       varchar(40) not null,
    requested_at       timestamp(6) with time zone not null,
    decided_by         varchar(40),
    decided_at         timestamp(6) with time zone,
    approved           boolean,
    revoked_by         varchar(40),
    revoked_at         timestamp(6) with time zone,
    expired_at         timestamp(6) with time zone,
    record_id          uuid not null,
    version            bigint not null
);
create index waiver_asset on waiver (asset_id, check_id);
create index waiver_finding on waiver (finding_id, waiver_number);
create index waiver_until on waiver (until_on);

-- Refs are handed out without gaps: the row is locked until the waiver that took a number is committed.
create table waiver_counter (
    id          smallint primary key check (id = 1),
    next_number bigint not null
);
insert into waiver_counter (id, next_number) values (1, 1001);
