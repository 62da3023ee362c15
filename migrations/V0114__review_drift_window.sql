-- From when to when a configuration was another than the attested one, and which one it was at its widest; kept once it went back.
alter table review add column drift_from timestamp(6) with time zone;
alter table review add column drift_to timestamp(6) with time zone;
alter table review add column drift_digest varchar(100);
