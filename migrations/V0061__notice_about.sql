-- A check of an asset is known by the refs of both.
alter table notice alter column about set data type varchar(200);
