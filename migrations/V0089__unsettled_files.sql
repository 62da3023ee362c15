-- The places of a source that were being written at its last reading, by their file's time of change. Who is so twice in a row is refused.
create table pull_unsettled (
    source_id varchar(64) not null,
    place     varchar(200) not null,
    primary key (source_id, place)
);
