-- Reviews beside the cadence: why there is one, and assets whose configuration, or what was attested of it, changed since
-- somebody last looked whether the two differ.
alter table review add column cause_reason varchar(4000);

create table drift_watch (
  asset_id uuid primary key,
  look_at timestamp(6) with time zone not null
);
create index drift_watch_look on drift_watch (look_at);
create index review_cause on review (cause, asset_id);
