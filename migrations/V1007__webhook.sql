-- Who outside is told of what happens, and each message with what became of it. A message is made from a sealed record, once.
create table webhook (
  id uuid primary key,
  url varchar(2000) not null,
  description varchar(200) not null,
  events varchar(2000) not null,
  secret varchar(120) not null,
  old_secret varchar(120),
  old_until timestamp(6) with time zone,
  next_index bigint not null,
  disabled_at timestamp(6) with time zone,
  disabled_reason varchar(200),
  created_by varchar(40) not null,
  created_at timestamp(6) with time zone not null,
  version bigint not null
);

create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook (id),
  record_id uuid not null,
  event varchar(64) not null,
  body varchar(8000) not null,
  state varchar(12) not null,
  attempts integer not null,
  next_at timestamp(6) with time zone,
  lease_until timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  delivered_at timestamp(6) with time zone,
  unique (webhook_id, record_id)
);
create index webhook_delivery_due on webhook_delivery (next_at);
create index webhook_delivery_age on webhook_delivery (created_at);
create index webhook_delivery_log on webhook_delivery (webhook_id, created_at, id);

create table webhook_attempt (
  delivery_id uuid not null references webhook_delivery (id),
  number integer not null,
  started_at timestamp(6) with time zone not null,
  took_ms bigint not null,
  status integer,
  answer varchar(1000) not null,
  primary key (delivery_id, number)
);
