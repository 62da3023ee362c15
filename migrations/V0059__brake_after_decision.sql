-- How many mails a lead's decision about held mails may bring, beside what the brake lets through in the hour after it.
alter table mail_channel add column let_through integer default 0 not null;
