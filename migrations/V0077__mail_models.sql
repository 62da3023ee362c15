-- A mail keeps what it showed of each of up to fifty reviews: the digest and the run of every check.
alter table outbox alter column model set data type varchar(1000000);
