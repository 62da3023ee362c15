-- The inventory. The row is the present state; asset_version keeps every state it had.
create table asset (
    id                     uuid primary key,
    ref                    varchar(100) not null unique,
    name                   varchar(200) not null,
    kind                   varchar(100) not null,
    owner_id               uuid references person (id),
    backup_id              uuid references person (id),
    manager_id             uuid references person (id),
    environment            varchar(50),
    criticality            varchar(8) not null,
    data_class             varchar(100),
    unit                   varchar(100),
    address                varchar(255),
    port                   integer,
    hostname               varchar(255),
    starttls               varchar(16),
    zone                   varchar(64),
    tags                   varchar(8000) not null,
    declared_ports         varchar(1000) not null,
    probe_authorised_until date,
    last_review_on         date,
    notes                  varchar(4000),
    created_at             timestamp(6) with time zone not null,
    updated_at             timestamp(6) with time zone not null,
    retired_at             timestamp(6) with time zone,
    version                bigint not null
);
create index asset_owner on asset (owner_id, id);
create index asset_backup on asset (backup_id, id);
create index asset_kind on asset (kind, id);
create index asset_unit on asset (unit, id);

-- The words of asset.tags, to find assets by.
create table asset_tag (
    tag      varchar(50) not null,
    asset_id uuid not null references asset (id),
    primary key (tag, asset_id)
);
create index asset_tag_asset on asset_tag (asset_id);

-- One row per change: what happened, which fields, and the state after it, people by their random reference.
create table asset_version (
    asset_id    uuid not null,
    rev         bigint not null,
    rec_id      uuid not null,
    what        varchar(16) not null,
    actor_ref   varchar(40) not null,
    recorded_at timestamp(6) with time zone not null,
    changed     varchar(500) not null,
    state       varchar(20000) not null,
    primary key (asset_id, rev)
);

-- A file between its preview and its import.
create table asset_upload (
    id         uuid primary key,
    actor_ref  varchar(40) not null,
    file_name  varchar(200) not null,
    content    bytea not null,
    created_at timestamp(6) with time zone not null
);

-- Configurations by their digest; each is stored once, however many assets have it and however often.
create table snapshot_content (
    digest        varchar(71) primary key,
    source        varchar(64) not null,
    canon_version integer not null,
    content       text not null,
    stored_at     timestamp(6) with time zone not null
);

-- One row per change of what a source says about an asset; seeing the same again moves last_seen_at only.
create table snapshot (
    id            uuid primary key,
    asset_id      uuid not null references asset (id),
    source        varchar(64) not null,
    digest        varchar(71) not null references snapshot_content (digest),
    canon_version integer not null,
    collected_at  timestamp(6) with time zone not null,
    received_at   timestamp(6) with time zone not null,
    last_seen_at  timestamp(6) with time zone not null
);
create index snapshot_asset on snapshot (asset_id, source, id);

-- The newest snapshot of each source; the row is the lock under which a push is decided.
create table snapshot_source (
    asset_id      uuid not null references asset (id),
    source        varchar(64) not null,
    snapshot_id   uuid references snapshot (id),
    collected_at  timestamp(6) with time zone,
    push_sequence bigint,
    primary key (asset_id, source)
);

-- Every state the configuration of an asset was in, all sources together.
create table config_state (
    id            uuid primary key,
    asset_id      uuid not null,
    digest        varchar(71) not null,
    canon_version integer not null,
    sources       varchar(8000) not null,
    collected_at  timestamp(6) with time zone not null,
    recorded_at   timestamp(6) with time zone not null
);
create index config_state_asset on config_state (asset_id, id);

-- One row: the key of the hash that stands for secret values, so that equal secrets stay equal and none can be guessed outside.
create table snapshot_key (
    id         smallint primary key check (id = 1),
    secret     bytea not null,
    created_at timestamp(6) with time zone not null
);

insert into append_only_table (name) values ('asset_version');
insert into append_only_table (name) values ('snapshot_content');
insert into append_only_table (name) values ('config_state');
