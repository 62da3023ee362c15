-- Until when somebody asks for more time than the due date leaves, and since when that waits for a compliance lead.
alter table review add column time_asked_until date;
alter table review add column time_asked_at timestamp(6) with time zone;
