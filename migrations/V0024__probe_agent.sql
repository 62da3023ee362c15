-- Work for vantages elsewhere: a probe to be made there, taken by one agent, and what it answered. Rows live for seconds.
create table probe_task (
    id         uuid primary key,
    zone       varchar(16) not null,
    task       varchar(8000) not null,
    created_at timestamp(6) with time zone not null,
    claimed_by varchar(40),
    answer     text
);
create index probe_task_open on probe_task (zone, claimed_by, id);

-- Agents that have asked for work, and whether their own canary answers.
create table probe_agent (
    agent_ref varchar(40) primary key,
    zone      varchar(16) not null,
    seen_at   timestamp(6) with time zone not null
);
