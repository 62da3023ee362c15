-- Who said that a finding was received, as evidence names them. Nobody could say it before, so nothing is to be filled in.
alter table finding add column acknowledged_by varchar(40);
