-- Calendars to subscribe to: who holds the address reads the due dates of one person, or of everybody. The address itself is not kept.
create table calendar_feed (
    id         uuid primary key,
    person_id  uuid not null references person (id),
    name       varchar(100) not null,
    everybody  boolean not null,
    plan_id    varchar(64),
    token_hash varchar(64) not null unique,
    created_at timestamp(6) with time zone not null,
    read_at    timestamp(6) with time zone,
    revoked_at timestamp(6) with time zone,
    version    bigint not null
);
create index calendar_feed_person on calendar_feed (person_id, created_at);
