-- One row per pair of asset and check: what is known now. Made when the asset gets the check, so that "never run" is visible too.
create table check_state (
    asset_id     uuid not null references asset (id),
    check_id     varchar(64) not null,
    run_id       uuid,
    outcome      varchar(16) not null,
    reason       varchar(64),
    severity     varchar(8) not null,
    due_at       timestamp(6) with time zone,
    finished_at  timestamp(6) with time zone,
    fresh_until  timestamp(6) with time zone,
    last_pass_at timestamp(6) with time zone,
    last_fail_at timestamp(6) with time zone,
    primary key (asset_id, check_id)
);
create index check_state_check on check_state (check_id, asset_id);

-- One row per run: the columns to search by. What was seen and judged stands in its evidence record.
create table check_run (
    id            uuid primary key,
    asset_id      uuid not null,
    check_id      varchar(64) not null,
    check_version integer not null,
    check_sha256  varchar(64) not null,
    outcome       varchar(16) not null,
    reason        varchar(64),
    severity      varchar(8) not null,
    incomplete    boolean not null,
    due_at        timestamp(6) with time zone not null,
    started_at    timestamp(6) with time zone not null,
    finished_at   timestamp(6) with time zone not null,
    fresh_until   timestamp(6) with time zone not null,
    fingerprint   varchar(71),
    record_id     uuid not null,
    constraint check_run_occurrence unique (asset_id, check_id, due_at)
);
create index check_run_asset on check_run (asset_id, id);
create index check_run_check on check_run (check_id, id);
create index check_run_outcome on check_run (outcome, id);

-- Occurrences that never ran within their window.
create table check_missed (
    asset_id   uuid not null,
    check_id   varchar(64) not null,
    due_at     timestamp(6) with time zone not null,
    noticed_at timestamp(6) with time zone not null,
    reason     varchar(64) not null,
    record_id  uuid not null,
    primary key (asset_id, check_id, due_at)
);

-- The check files this database has seen last, to tell what is new, changed or gone.
create table check_published (
    check_id      varchar(64) primary key,
    sha256        varchar(64) not null,
    check_version integer not null,
    published_at  timestamp(6) with time zone not null
);

insert into append_only_table (name) values ('check_run');
insert into append_only_table (name) values ('check_missed');
