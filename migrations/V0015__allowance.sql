-- How often somebody may do something, the same on every node (decision 014). A row that lies in the past means as much as none.

create table allowance (
    key_hash varchar(64) primary key,
    paid_until timestamp(6) with time zone not null
);
create index allowance_paid_until on allowance (paid_until);
