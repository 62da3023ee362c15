-- One row per exchange of packets with a target: who spoke to whom, when and how much, never what. Rows are removed after 400 days.
create table probe_log (
    id             uuid primary key,
    run_id         uuid not null,
    asset_id       uuid not null,
    check_id       varchar(64) not null,
    started_at     timestamp(6) with time zone not null,
    transport      varchar(4) not null,
    vantage        varchar(16) not null,
    local_address  varchar(45),
    local_port     integer,
    remote_address varchar(45) not null,
    remote_port    integer not null,
    what           varchar(120) not null,
    outcome        varchar(16) not null,
    bytes_out      bigint not null,
    bytes_in       bigint not null,
    millis         bigint not null
);
create index probe_log_asset on probe_log (asset_id, id);
create index probe_log_remote on probe_log (remote_address, id);
create index probe_log_time on probe_log (started_at);
