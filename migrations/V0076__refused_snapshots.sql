-- Documents of a source that were refused because nobody could read them: one row for each time without an accepted one. The document
-- itself is not kept, nor anything it said.
create table snapshot_refusal (
    id           uuid primary key,
    asset_id     uuid not null references asset (id),
    source       varchar(64) not null,
    first_at     timestamp(6) with time zone not null,
    last_at      timestamp(6) with time zone not null,
    times        integer not null,
    looked_at    timestamp(6) with time zone not null,
    collected_at timestamp(6) with time zone,
    actor_ref    varchar(40) not null,
    code         varchar(40) not null,
    place        varchar(400),
    ended_at     timestamp(6) with time zone
);
create index snapshot_refusal_asset on snapshot_refusal (asset_id, source, id);
