-- From when to when a configuration was another than the attested one, which one it was at its widest, and how many settings were wider
-- or weaker then.
alter table review add column drift_from timestamp(6) with time zone;
alter table review add column drift_to timestamp(6) with time zone;
alter table review add column drift_digest varchar(100);
alter table review add column drift_worse integer;
