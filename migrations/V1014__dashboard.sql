-- The estate at the end of each week, counted from the facts; it can be counted again.
create table coverage_week (
  week_on date primary key,
  in_date bigint not null,
  late bigint not null,
  not_yet bigint not null,
  no_plan bigint not null
);
