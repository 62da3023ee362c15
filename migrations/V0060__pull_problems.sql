-- A folder may hold several files that cannot be read; the page names the first ten.
alter table pull_source alter column problem set data type varchar(4000);
