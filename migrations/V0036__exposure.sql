-- Windows of a period are found by when they began and when they ended.
create index finding_begun on finding (first_bad_at, id);
