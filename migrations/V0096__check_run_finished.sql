-- Results are taken away by when they ended, in that order, page after page.
create index check_run_finished on check_run (finished_at, id);
