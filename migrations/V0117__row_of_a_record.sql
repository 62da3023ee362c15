-- Which row a record was made with is asked for every record there is, so that one whose row is gone is found.
create index check_run_record on check_run (record_id);
create index check_missed_record on check_missed (record_id);
create index check_statement_record on check_statement (record_id);
