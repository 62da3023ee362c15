-- One row per stretch of time in which a check fails on an asset. open_key holds while it is open, so that two can never be open at once.
create table finding (
    id              uuid primary key,
    asset_id        uuid not null references asset (id),
    check_id        varchar(64) not null,
    severity        varchar(8) not null,
    summary         varchar(1000) not null,
    fingerprint     varchar(71) not null,
    run_id          uuid not null,
    first_bad_at    timestamp(6) with time zone not null,
    last_good_at    timestamp(6) with time zone,
    last_bad_at     timestamp(6) with time zone not null,
    detected_at     timestamp(6) with time zone not null,
    notified_at     timestamp(6) with time zone,
    acknowledged_at timestamp(6) with time zone,
    fixed_at        timestamp(6) with time zone,
    record_id       uuid not null,
    version         bigint not null,
    open_key        varchar(110) unique
);
create index finding_asset on finding (asset_id, id);
create index finding_check on finding (check_id, id);
create index finding_fixed on finding (fixed_at, id);
