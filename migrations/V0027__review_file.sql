-- Files that people add to a review as evidence. The content lies in the home under its SHA-256; the row is what was said of it.
create table review_file (
  id uuid primary key,
  review_id uuid not null references review (id),
  sha256 varchar(64) not null,
  file_name varchar(200) not null,
  media_type varchar(100) not null,
  file_size bigint not null,
  added_at timestamp(6) with time zone not null,
  added_by varchar(40) not null,
  added_by_name varchar(200),
  channel varchar(16) not null,
  record_id uuid not null,
  unique (review_id, sha256)
);
insert into append_only_table (name) values ('review_file');
create index review_approval on review (approval);
