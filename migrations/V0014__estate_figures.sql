-- How the estate stood at the end of each week, counted once from the facts. It can be counted again at any time: nothing is decided by it.
create table coverage_week (
    week_on  date primary key,
    in_date  bigint not null,
    late     bigint not null,
    not_yet  bigint not null,
    no_plan  bigint not null
);

-- What the lists and figures begin with: assets in the inventory by ref, and reviews nobody has attested by when they are overdue.
create index asset_active on asset (retired_at, ref);
create index review_open on review (attested_at, overdue_at);
