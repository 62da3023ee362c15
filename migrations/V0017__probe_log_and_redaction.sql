-- How far the nightly look at stored evidence has come, with which rules; one row.
create table redaction_scan (
    id          smallint primary key check (id = 1),
    rules       integer not null,
    after_id    uuid not null,
    scanned     bigint not null,
    hits        bigint not null,
    finished_at timestamp(6) with time zone not null
);

-- What the newest rules would have taken out of a record that was stored before them. The record itself is never edited.
create table redaction_hit (
    rec_id     uuid not null,
    place      varchar(200) not null,
    rule       varchar(32) not null,
    asset_ref  varchar(100),
    check_id   varchar(100),
    rules      integer not null,
    found_at   timestamp(6) with time zone not null,
    primary key (rec_id, place, rule)
);
create index redaction_hit_time on redaction_hit (found_at, rec_id);

-- Every exchange with a target: who spoke to whom, when, how many bytes each way; never the bytes.
create table probe_log (
    id             uuid primary key,
    run_id         uuid not null,
    asset_id       uuid not null,
    check_id       varchar(64) not null,
    started_at     timestamp(6) with time zone not null,
    transport      varchar(4) not null,
    local_address  varchar(64),
    local_port     integer,
    remote_address varchar(64) not null,
    remote_port    integer not null,
    what           varchar(120) not null,
    outcome        varchar(16) not null,
    bytes_out      integer not null,
    bytes_in       integer not null,
    millis         bigint not null
);
create index probe_log_time on probe_log (started_at, id);
create index probe_log_asset on probe_log (asset_id, started_at);
create index probe_log_remote on probe_log (remote_address, remote_port, started_at);

-- Times in which nothing may be probed: a maintenance window has an end, the stop of everything has none until it is lifted.
create table probe_pause (
    id         uuid primary key,
    asset_ref  varchar(100),
    starts_at  timestamp(6) with time zone not null,
    ends_at    timestamp(6) with time zone,
    reason     varchar(400) not null,
    created_by varchar(100) not null,
    created_at timestamp(6) with time zone not null,
    lifted_by  varchar(100),
    lifted_at  timestamp(6) with time zone
);
create index probe_pause_open on probe_pause (lifted_at, starts_at);
