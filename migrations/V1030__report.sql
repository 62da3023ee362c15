-- Who gets the report of each month; whether they still may is looked up when it is made.
create table report_recipient (
  person_id uuid primary key references person (id),
  added_at timestamp(6) with time zone not null,
  added_by varchar(40) not null
);

-- The months whose report was asked for, by their first day, and when its mails were written.
create table monthly_report (
  month_on date primary key,
  job_id uuid not null,
  mailed_at timestamp(6) with time zone
);
