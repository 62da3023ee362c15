-- When each source of snapshots is read next, and how the last reading went; what is read stands in the operator's file.
create table pull_source (
    id          varchar(64) primary key,
    next_at     timestamp(6) with time zone not null,
    read_at     timestamp(6) with time zone,
    taken       integer not null,
    problem     varchar(400),
    problem_since timestamp(6) with time zone
);

-- The age of what was taken last from a place, so that an old file never looks fresh because it was read again.
create table pull_stamp (
    source_id varchar(64) not null,
    place     varchar(200) not null,
    stamp     timestamp(6) with time zone not null,
    primary key (source_id, place)
);
