-- What its writer sent, without what servers on the way added: the same letter on two ways has two sources and one of these.
alter table inbound_mail add column letter_sha256 varchar(64);

-- Domains of which so many addresses failed at once that nobody is blamed: until then nothing is sent there.
create table held_domain (
  domain varchar(255) primary key,
  held_until timestamp(6) with time zone not null
);
