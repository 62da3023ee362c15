-- Files that came with an answer to a mail. Their bytes lie in evidence_blob; this says which review they belong to.
create table answer_file (
  id uuid primary key,
  review_id uuid not null references review (id),
  record_id uuid not null,
  name varchar(200) not null,
  media_type varchar(100) not null,
  size_bytes bigint not null,
  sha256 varchar(64) not null,
  kept_at timestamp(6) with time zone not null
);
create index answer_file_review on answer_file (review_id, kept_at);
