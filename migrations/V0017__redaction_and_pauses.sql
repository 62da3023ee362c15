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

-- Times in which nothing may be probed: a maintenance window has an end, the stop of everything has none until it is lifted.
create table probe_pause (
    id         uuid primary key,
    asset_id   uuid,
    starts_at  timestamp(6) with time zone not null,
    ends_at    timestamp(6) with time zone,
    reason     varchar(400) not null,
    created_by varchar(100) not null,
    created_at timestamp(6) with time zone not null,
    lifted_by  varchar(100),
    lifted_at  timestamp(6) with time zone
);
create index probe_pause_open on probe_pause (lifted_at, starts_at);
