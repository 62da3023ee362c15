-- One node reads a mailbox at a time; one that died gives its turn up by time.
alter table inbound_mailbox add column lease_token uuid;
alter table inbound_mailbox add column lease_until timestamp(6) with time zone;
