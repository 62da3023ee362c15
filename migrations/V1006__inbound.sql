-- Every message that arrived: where it came from, how it was understood, what was decided, by which rule.
create table inbound_mail (
  id uuid primary key,
  mailbox varchar(200) not null,
  uid_validity bigint,
  uid bigint,
  message_id varchar(255) not null,
  raw_sha256 varchar(64) not null,
  -- Hash without what servers on the way added: the same letter by two routes has one.
  letter_sha256 varchar(64) not null,
  size_bytes bigint not null,
  headers_only boolean not null,
  received_at timestamp(6) with time zone not null,
  state varchar(16) not null,
  attempts integer default 0 not null,
  not_before timestamp(6) with time zone not null,
  error varchar(500),
  sort varchar(16),
  sort_rule varchar(200),
  from_address varchar(320),
  subject varchar(400),
  verdict varchar(8),
  verdict_detail varchar(400),
  matched_by varchar(16),
  grant_id bigint,
  subject_id uuid,
  person_id uuid,
  sender_id uuid,
  verb varchar(16),
  args varchar(500),
  line varchar(500),
  comment_text varchar(8000),
  decision varchar(16),
  rule varchar(60),
  reason varchar(500),
  about varchar(200),
  record_id uuid,
  decided_at timestamp(6) with time zone,
  version bigint default 1 not null,
  unique (mailbox, uid_validity, uid),
  unique (message_id, raw_sha256)
);
create index inbound_mail_state on inbound_mail (state, not_before);
create index inbound_mail_received on inbound_mail (received_at, id);
create index inbound_mail_subject on inbound_mail (subject_id, received_at);
create index inbound_mail_sender on inbound_mail (sender_id, received_at);

-- The source, for 30 days.
create table inbound_raw (
  mail_id uuid primary key references inbound_mail (id),
  content bytea not null
);

-- The files that came with it and what became of each.
create table inbound_file (
  mail_id uuid not null references inbound_mail (id),
  n integer not null,
  name varchar(200) not null,
  declared_type varchar(100) not null,
  found_type varchar(100) not null,
  size_bytes bigint not null,
  sha256 varchar(64) not null,
  fate varchar(16) not null,
  reason varchar(60),
  primary key (mail_id, n)
);
create index inbound_file_sha256 on inbound_file (sha256);

-- How far each mailbox was read.
create table inbound_mailbox (
  name varchar(200) primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  polled_at timestamp(6) with time zone,
  error varchar(500),
  -- One node reads a mailbox at a time.
  lease_token uuid,
  lease_until timestamp(6) with time zone
);
