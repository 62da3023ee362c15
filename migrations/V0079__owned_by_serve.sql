-- Whose file the published one is; null where it was published before anybody asked. A command that has the packaged file where the
-- operator's was published misses his folder and leaves that check alone.
alter table check_published add column operators boolean;
-- Whether the server, which alone takes turns away, has brought the assets in line with the file since.
alter table check_published add column settled boolean default true not null;

-- Assets that were changed by a process which does not have all checks: the server plans theirs when it comes to it. again_at is when
-- something made all their checks due, null where nothing did.
create table check_unplanned (
    asset_id uuid primary key references asset (id),
    again_at timestamp(6) with time zone
);
