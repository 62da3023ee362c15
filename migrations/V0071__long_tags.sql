-- A tag that sets a parameter of a check names both and the value, such as the suffix of a directory: 200 characters, each of which the
-- embedded database may count as two.
alter table asset alter column tags set data type varchar(64000);
alter table asset_tag alter column tag set data type varchar(400);
