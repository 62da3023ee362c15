-- The days of the week on which a person works, as the digits of ISO 8601: 1 is Monday. Notices wait for them, deadlines do not.
alter table person add column working_days varchar(7) default '12345' not null;
