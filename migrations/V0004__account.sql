-- People, their accounts, sessions and tokens. Secrets are stored as hashes only.

create table person (
    id            uuid primary key,
    actor_ref     varchar(40)  not null unique,
    email         varchar(320) not null,
    email_key     varchar(320) not null unique,
    name          varchar(200) not null,
    role          varchar(16),
    password_hash varchar(200),
    zone          varchar(64)  not null,
    language      varchar(8)   not null,
    active        boolean      not null,
    created_at    timestamp(6) with time zone not null,
    updated_at    timestamp(6) with time zone not null,
    version       bigint       not null
);
create index person_role on person (role, active);
create index person_name on person (name, id);

-- One-time links: the first administrator (no person yet), and invitations or resets.
create table setup_code (
    id         uuid primary key,
    code_hash  varchar(64) not null unique,
    person_id  uuid references person (id),
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    used_at    timestamp(6) with time zone
);

create table web_session (
    id           uuid primary key,
    token_hash   varchar(64) not null unique,
    person_id    uuid        not null references person (id),
    created_at   timestamp(6) with time zone not null,
    last_seen_at timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null
);
create index web_session_person on web_session (person_id);
create index web_session_expires on web_session (expires_at);

create table api_token (
    id           uuid primary key,
    name         varchar(100) not null,
    token_hash   varchar(64)  not null unique,
    hint         varchar(8)   not null,
    actor_ref    varchar(40)  not null unique,
    role         varchar(16)  not null,
    created_by   varchar(40)  not null,
    created_at   timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null,
    last_used_at timestamp(6) with time zone,
    revoked_at   timestamp(6) with time zone,
    version      bigint       not null
);
