-- Texts are as long as they have characters. The embedded database counts a character beyond the first plane of Unicode, such as an
-- emoji, as two, so that its columns hold twice what the program takes.
alter table asset alter column name set data type varchar(400);
alter table asset alter column environment set data type varchar(100);
alter table asset alter column data_class set data type varchar(200);
alter table asset alter column unit set data type varchar(200);
alter table asset alter column notes set data type varchar(8000);
alter table asset alter column tags set data type varchar(16000);
alter table asset_tag alter column tag set data type varchar(100);
alter table person alter column name set data type varchar(400);
