-- The state of an asset holds its tags: a hundred of them of 200 characters, as JSON, are more than 20,000.
alter table asset_version alter column state set data type varchar(100000);
