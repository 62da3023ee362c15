-- The highest sequence number among the documents that were refused, so that only a later one ends it.
alter table snapshot_refusal add column push_sequence bigint;

-- What a place held that was refused last, by when the place says it was changed; no row where the last one was taken.
create table pull_refused (
    source_id varchar(64) not null,
    place     varchar(200) not null,
    said_at   timestamp(6) with time zone not null,
    primary key (source_id, place)
);
-- A file that was put back before this was known is read again.
insert into pull_refused (source_id, place, said_at)
select p.source_id, p.place, coalesce(r.collected_at, r.looked_at)
  from pull_stamp p
  join snapshot_refusal r on r.ended_at is null and r.actor_ref = 'system'
  join asset a on a.id = r.asset_id and a.ref || '/' || r.source = p.place;
