-- What a place said of when its document was changed, beside when that counts from: a time in the future counts from when it was read.
alter table pull_stamp add column said_at timestamp(6) with time zone;
update pull_stamp set said_at = stamp;
alter table pull_stamp alter column said_at set not null;
