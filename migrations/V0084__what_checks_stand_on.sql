-- One hash of what the server's check folder holds beside check files: protections, ports, frameworks, facts, sources. A command whose folder
-- holds something else would judge by other words than the server.
create table check_basis (
    id     integer primary key,
    sha256 varchar(64) not null
);

-- The sources of an asset that said something where not all checks are known: the server makes those checks due that read one of them.
-- A row stands beside one of check_unplanned.
create table check_unplanned_source (
    asset_id uuid not null references asset (id),
    source   varchar(64) not null,
    said_at  timestamp(6) with time zone not null,
    primary key (asset_id, source)
);
insert into check_unplanned_source (asset_id, source, said_at)
select u.asset_id, s.source, u.again_at from check_unplanned u join snapshot_source s on s.asset_id = u.asset_id
 where u.again_at is not null;
