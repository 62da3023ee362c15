-- Codes asked for before a link may act (policy strict). The code is stored nowhere: it follows from the row's id and the key of the
-- mailed links.
create table mail_challenge (
  id uuid primary key,
  grant_id bigint not null references mail_grant (id),
  action varchar(16) not null,
  form_sha256 varchar(64) not null,
  tries integer default 0 not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone
);
create index mail_challenge_grant on mail_challenge (grant_id, created_at);
